// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import dev.npa.nic.FramePort;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Cuts a large TCP frame into segments, as TSO does.
///
/// Each segment's headers are built in front of its payload, over payload that has gone already, so
/// that payload is never copied. Changed per segment: IPv4 total length, identification (+1 each)
/// and checksum, IPv6 payload length, TCP sequence number, flags (CWR in the first, FIN and PSH in
/// the last only; RFC 3168 6.1.2) and checksum.
public final class TcpSegmentation {
  private static final int MAX_HEADER_BYTES = 1024;
  private static final int FLAG_FIN = 0x01;
  private static final int FLAG_PSH = 0x08;
  private static final int FLAG_CWR = 0x80;

  private final FrameHeaders headers = new FrameHeaders();
  private final MemorySegment template = Arena.ofAuto().allocate(MAX_HEADER_BYTES, 8);
  private MemorySegment buffer = MemorySegment.NULL;
  private long payload;
  private int payloadBytes;
  private int headerBytes;
  private int segmentBytes;
  private int sentBytes;
  private int segments;

  public TcpSegmentation() {}

  /// Starts with a frame. Its buffer is overwritten while segments are sent.
  ///
  /// @param headerBytes length of all headers, 54 to 1024
  /// @param segmentBytes payload per segment, `>= 1`
  /// @return whether it can be segmented: TCP over IPv4 or IPv6 whose headers end at `headerBytes`
  public boolean begin(
      MemorySegment memory, long frame, int lengthBytes, int headerBytes, int segmentBytes) {
    if (headerBytes > MAX_HEADER_BYTES || headerBytes >= lengthBytes || segmentBytes < 1) {
      return false;
    }
    headers.parseUnsized(memory, frame, lengthBytes);
    if (!headers.isTcp()
        || headers.transportOffset() + headers.transportHeaderBytes() != headerBytes) {
      return false;
    }
    MemorySegment.copy(memory, frame, template, 0, headerBytes);
    this.buffer = memory;
    this.payload = frame + headerBytes;
    this.payloadBytes = lengthBytes - headerBytes;
    this.headerBytes = headerBytes;
    this.segmentBytes = segmentBytes;
    this.sentBytes = 0;
    this.segments = 0;
    return true;
  }

  /// Offers the segments that are left.
  ///
  /// @return whether the port has taken the last one; if not, call again later
  public boolean send(FramePort port) {
    while (sentBytes < payloadBytes) {
      int bytes = Math.min(segmentBytes, payloadBytes - sentBytes);
      long frame = payload + sentBytes - headerBytes;
      writeHeaders(frame, bytes);
      if (!port.offer(buffer, frame, headerBytes + bytes)) {
        return false;
      }
      sentBytes += bytes;
      segments++;
    }
    return true;
  }

  /// Number of segments sent of this frame.
  public int segments() {
    return segments;
  }

  /// Bytes sent of this frame, headers included.
  public int sentFrameBytes() {
    return sentBytes + segments * headerBytes;
  }

  private void writeHeaders(long frame, int bytes) {
    MemorySegment.copy(template, 0, buffer, frame, headerBytes);
    long ip = frame + headers.ipOffset();
    if (headers.isIpv4()) {
      int ipHeaderBytes = headers.transportOffset() - headers.ipOffset();
      BigEndian.setShort(buffer, ip + 2, headerBytes - headers.ipOffset() + bytes);
      BigEndian.setShort(buffer, ip + 4, BigEndian.getShort(buffer, ip + 4) + segments);
      BigEndian.setShort(buffer, ip + 10, 0);
      BigEndian.setShort(buffer, ip + 10, ~InternetChecksum.sum(buffer, ip, ipHeaderBytes));
    } else {
      BigEndian.setShort(buffer, ip + 4, headerBytes - headers.ipOffset() - 40 + bytes);
    }
    long tcp = frame + headers.transportOffset();
    BigEndian.setInt(buffer, tcp + 4, BigEndian.getInt(buffer, tcp + 4) + sentBytes);
    int flags = BigEndian.getByte(buffer, tcp + 13);
    if (sentBytes != 0) {
      flags &= ~FLAG_CWR;
    }
    if (sentBytes + bytes < payloadBytes) {
      flags &= ~(FLAG_FIN | FLAG_PSH);
    }
    BigEndian.setByte(buffer, tcp + 13, flags);
    int tcpBytes = headers.transportHeaderBytes() + bytes;
    long addresses = frame + headers.addressesOffset();
    int pseudo =
        InternetChecksum.pseudoHeader(
            buffer, addresses, headers.addressBytes(), FrameHeaders.PROTOCOL_TCP, tcpBytes);
    BigEndian.setShort(buffer, tcp + 16, pseudo);
    int length = headers.transportOffset() + tcpBytes;
    InternetChecksum.fill(
        buffer, frame, length, headers.transportOffset(), headers.transportOffset() + 16);
  }
}
