// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import java.lang.foreign.MemorySegment;

/// Where the headers of a frame are: Ethernet with up to two VLAN tags, IPv4 or IPv6 with extension
/// headers, TCP or UDP.
///
/// One object is reused for all frames of a queue. Nothing outside the frame is read; a header that
/// does not fit, or contradicts itself, counts as absent.
public final class FrameHeaders {
  public static final int ETHERNET_BYTES = 14;
  public static final int TAG_BYTES = 4;

  /// Offset of the EtherType, or of a VLAN tag, in a frame.
  public static final int ETHER_TYPE = 12;

  public static final int ETHER_TYPE_IPV4 = 0x0800;
  public static final int ETHER_TYPE_IPV6 = 0x86DD;
  public static final int ETHER_TYPE_VLAN = 0x8100;
  public static final int PROTOCOL_TCP = 6;
  public static final int PROTOCOL_UDP = 17;

  private static final int ETHER_TYPE_SERVICE_VLAN = 0x88A8;
  private static final int MAX_TAGS = 2;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int MAX_EXTENSION_HEADERS = 8;

  private boolean ipv4;
  private boolean ipv6;
  private boolean fragment;
  private int protocol;
  private int ipOffset;
  private int transportOffset;
  private int transportBytes;
  private int transportHeaderBytes;

  public FrameHeaders() {}

  /// Whether the frame carries an IEEE 802.1Q tag.
  public static boolean isTagged(MemorySegment memory, long frame, int lengthBytes) {
    return lengthBytes >= ETHERNET_BYTES + TAG_BYTES
        && BigEndian.getShort(memory, frame + ETHER_TYPE) == ETHER_TYPE_VLAN;
  }

  /// Whether an EtherType is that of a tag, customer's or service's.
  public static boolean isTag(int type) {
    return type == ETHER_TYPE_VLAN || type == ETHER_TYPE_SERVICE_VLAN;
  }

  /// The tag control information of a tagged frame: priority 15:13, drop eligible 12, VLAN id 11:0.
  public static int tagControl(MemorySegment memory, long frame) {
    return BigEndian.getShort(memory, frame + ETHER_TYPE + 2);
  }

  /// Writes a tag whose four bytes the caller made room for, at [#ETHER_TYPE].
  public static void setTag(MemorySegment memory, long frame, int tagControl) {
    BigEndian.setInt(memory, frame + ETHER_TYPE, ETHER_TYPE_VLAN << 16 | tagControl & 0xFFFF);
  }

  /// Looks at a frame; the accessors tell what was found.
  public void parse(MemorySegment memory, long frame, int lengthBytes) {
    parse(memory, frame, lengthBytes, false);
  }

  /// As [#parse], for a frame to be segmented: IP lengths are not looked at, because drivers zero
  /// them and the device computes them; the datagram ends where the frame ends.
  void parseUnsized(MemorySegment memory, long frame, int lengthBytes) {
    parse(memory, frame, lengthBytes, true);
  }

  private void parse(MemorySegment memory, long frame, int lengthBytes, boolean unsized) {
    ipv4 = false;
    ipv6 = false;
    fragment = false;
    protocol = 0;
    transportOffset = 0;
    transportBytes = 0;
    transportHeaderBytes = 0;
    int offset = ETHER_TYPE;
    if (lengthBytes < ETHERNET_BYTES) {
      return;
    }
    int type = BigEndian.getShort(memory, frame + offset);
    for (int tags = 0; tags < MAX_TAGS && isTag(type); tags++) {
      offset += TAG_BYTES;
      if (lengthBytes < offset + 2) {
        return;
      }
      type = BigEndian.getShort(memory, frame + offset);
    }
    ipOffset = offset + 2;
    if (type == ETHER_TYPE_IPV4) {
      parseIpv4(memory, frame, lengthBytes, unsized);
    } else if (type == ETHER_TYPE_IPV6) {
      parseIpv6(memory, frame, lengthBytes, unsized);
    }
  }

  private void parseIpv4(MemorySegment memory, long frame, int lengthBytes, boolean unsized) {
    int room = lengthBytes - ipOffset;
    if (room < IPV4_BYTES) {
      return;
    }
    long ip = frame + ipOffset;
    int versionAndLength = BigEndian.getByte(memory, ip);
    int headerBytes = (versionAndLength & 0xF) * 4;
    int totalBytes = unsized ? room : BigEndian.getShort(memory, ip + 2);
    if (versionAndLength >>> 4 != 4 || headerBytes < IPV4_BYTES || totalBytes < headerBytes) {
      return;
    }
    if (totalBytes > room) {
      return;
    }
    ipv4 = true;
    transportOffset = ipOffset + headerBytes;
    transportBytes = totalBytes - headerBytes;
    fragment = (BigEndian.getShort(memory, ip + 6) & 0x3FFF) != 0; // MF or an offset
    if (!fragment) {
      transport(memory, frame, BigEndian.getByte(memory, ip + 9));
    }
  }

  private void parseIpv6(MemorySegment memory, long frame, int lengthBytes, boolean unsized) {
    int room = lengthBytes - ipOffset;
    long ip = frame + ipOffset;
    if (room < IPV6_BYTES || BigEndian.getByte(memory, ip) >>> 4 != 6) {
      return;
    }
    int payloadBytes = unsized ? room - IPV6_BYTES : BigEndian.getShort(memory, ip + 4);
    if (payloadBytes > room - IPV6_BYTES) {
      return;
    }
    ipv6 = true;
    int next = BigEndian.getByte(memory, ip + 6);
    transportOffset = ipOffset + IPV6_BYTES;
    transportBytes = payloadBytes;
    for (int i = 0; i < MAX_EXTENSION_HEADERS && isExtension(next); i++) {
      if (next == 44) {
        fragment = true;
        return;
      }
      if (transportBytes < 8) {
        return;
      }
      int bytes = 8 + 8 * BigEndian.getByte(memory, frame + transportOffset + 1);
      if (bytes > transportBytes) {
        return;
      }
      next = BigEndian.getByte(memory, frame + transportOffset);
      transportOffset += bytes;
      transportBytes -= bytes;
    }
    transport(memory, frame, next);
  }

  /// Hop-by-hop, routing, fragment, destination options (RFC 8200, 4).
  private static boolean isExtension(int header) {
    return header == 0 || header == 43 || header == 44 || header == 60;
  }

  private void transport(MemorySegment memory, long frame, int found) {
    if (found == PROTOCOL_TCP && transportBytes >= 20) {
      int bytes = (BigEndian.getByte(memory, frame + transportOffset + 12) >>> 4) * 4;
      if (bytes >= 20 && bytes <= transportBytes) {
        transportHeaderBytes = bytes;
        protocol = found;
      }
    } else if (found == PROTOCOL_UDP && transportBytes >= 8) {
      int bytes = BigEndian.getShort(memory, frame + transportOffset + 4);
      if (bytes >= 8 && bytes <= transportBytes) {
        transportBytes = bytes;
        transportHeaderBytes = 8;
        protocol = found;
      }
    }
  }

  public boolean isIpv4() {
    return ipv4;
  }

  public boolean isIpv6() {
    return ipv6;
  }

  public boolean isTcp() {
    return protocol == PROTOCOL_TCP;
  }

  public boolean isUdp() {
    return protocol == PROTOCOL_UDP;
  }

  /// Whether the datagram is a fragment; then it is neither TCP nor UDP.
  public boolean isFragment() {
    return fragment;
  }

  /// Offset of the IP header in the frame; meaningful if there is one.
  public int ipOffset() {
    return ipOffset;
  }

  /// Offset of the source address in the frame; the destination address follows it.
  public int addressesOffset() {
    return ipOffset + (ipv4 ? 12 : 8);
  }

  /// Length of one address: 4 or 16.
  public int addressBytes() {
    return ipv4 ? 4 : 16;
  }

  /// Offset of the TCP or UDP header in the frame.
  public int transportOffset() {
    return transportOffset;
  }

  /// Length of TCP or UDP header and payload, as the headers say; without padding.
  public int transportBytes() {
    return transportBytes;
  }

  public int transportHeaderBytes() {
    return transportHeaderBytes;
  }

  /// Whether the IPv4 header's checksum is right.
  public boolean ipChecksumCorrect(MemorySegment memory, long frame) {
    return InternetChecksum.sum(memory, frame + ipOffset, transportOffset - ipOffset)
        == InternetChecksum.CORRECT;
  }

  /// Whether the TCP or UDP checksum is right; so is UDP's "no checksum" over IPv4.
  public boolean transportChecksumCorrect(MemorySegment memory, long frame) {
    long transport = frame + transportOffset;
    if (isUdp() && BigEndian.getShort(memory, transport + 6) == 0) {
      return ipv4; // RFC 8200, 8.1: over IPv6 it is mandatory.
    }
    int pseudo =
        InternetChecksum.pseudoHeader(
            memory, frame + addressesOffset(), addressBytes(), protocol, transportBytes);
    int sum = InternetChecksum.sum(memory, transport, transportBytes);
    return InternetChecksum.add(pseudo, sum) == InternetChecksum.CORRECT;
  }
}
