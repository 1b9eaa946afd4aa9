// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TcpSegmentationTest {
  private final TcpSegmentation segmentation = new TcpSegmentation();
  private final Collector port = new Collector();

  private static final class Collector implements FramePort {
    final List<byte[]> frames = new ArrayList<>();
    int room = Integer.MAX_VALUE;

    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      if (room-- <= 0) {
        return false;
      }
      frames.add(memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
      return true;
    }

    @Override
    public void flush() {}
  }

  /// Headers of a known packet with id 1234, sequence 1, these flags, then numbered payload.
  private static byte[] large(byte[] packet, int headerBytes, int payloadBytes, int flags) {
    byte[] frame = java.util.Arrays.copyOf(packet, headerBytes + payloadBytes);
    MemorySegment memory = MemorySegment.ofArray(frame);
    int tcp = headerBytes - 20;
    if (headerBytes == 54) {
      BigEndian.setShort(memory, 16, 40 + payloadBytes);
      BigEndian.setShort(memory, 18, 1234);
    } else {
      BigEndian.setShort(memory, 18, 20 + payloadBytes);
    }
    BigEndian.setInt(memory, tcp + 4, 1);
    BigEndian.setByte(memory, tcp + 13, flags);
    for (int i = 0; i < payloadBytes; i++) {
      frame[headerBytes + i] = (byte) (i * 31 >>> 3);
    }
    return frame;
  }

  private List<byte[]> segment(byte[] frame, int headerBytes, int mss) {
    assertThat(
            segmentation.begin(
                MemorySegment.ofArray(frame.clone()), 0, frame.length, headerBytes, mss))
        .isTrue();
    assertThat(segmentation.send(port)).isTrue();
    return port.frames;
  }

  /// What an independent device (QEMU's e1000) made of the same frame.
  @Test
  void cutsAsTheReferenceDeviceDoes() {
    List<byte[]> segments = segment(large(KnownPackets.IPV4_TCP, 54, 4000, 0x19), 54, 1460);

    assertThat(segments).extracting(f -> f.length).containsExactly(1514, 1514, 1134);
    assertThat(segments).extracting(f -> be16(f, 18)).containsExactly(1234, 1235, 1236);
    assertThat(segments).extracting(f -> be16(f, 40)).containsExactly(1, 1461, 2921);
    assertThat(segments).extracting(f -> (int) f[47]).containsExactly(0x10, 0x10, 0x19);
    assertThat(segmentation.segments()).isEqualTo(3);
    assertThat(segmentation.sentFrameBytes()).isEqualTo(1514 + 1514 + 1134);
  }

  @Test
  void makesSegmentsWhoseChecksumsAreCorrect() {
    for (int payload : new int[] {1, 2, 999, 1000, 1001, 2999, 9000}) {
      port.frames.clear();
      checkAll(segment(large(KnownPackets.IPV4_TCP, 54, payload, 0x18), 54, 1000));
      port.frames.clear();
      checkAll(segment(large(KnownPackets.IPV6_TCP, 74, payload, 0x18), 74, 1000));
    }
  }

  @Test
  void keepsThePayload() {
    byte[] frame = large(KnownPackets.IPV6_TCP, 74, 3333, 0x10);
    byte[] joined = new byte[3333];
    int done = 0;
    for (byte[] segment : segment(frame, 74, 7)) { // Less than the headers.
      System.arraycopy(segment, 74, joined, done, segment.length - 74);
      done += segment.length - 74;
    }

    assertThat(joined).isEqualTo(java.util.Arrays.copyOfRange(frame, 74, frame.length));
  }

  @Test
  void marksCongestionInTheFirstSegmentOnly() {
    List<byte[]> segments = segment(large(KnownPackets.IPV4_TCP, 54, 300, 0x98), 54, 100);

    assertThat(segments).extracting(f -> f[47] & 0xFF).containsExactly(0x90, 0x10, 0x18);
  }

  @Test
  void goesOnWhereThePortHadNoRoom() {
    byte[] frame = large(KnownPackets.IPV4_TCP, 54, 1000, 0x10);
    port.room = 2;
    segmentation.begin(MemorySegment.ofArray(frame), 0, frame.length, 54, 100);
    assertThat(segmentation.send(port)).isFalse();
    port.room = 100;
    assertThat(segmentation.send(port)).isTrue();

    assertThat(port.frames).hasSize(10);
    checkAll(port.frames);
  }

  @Test
  void segmentsAFrameWhoseDriverLeftTheIpLengthOut() {
    byte[] frame = large(KnownPackets.IPV4_TCP, 54, 200, 0x10);
    frame[16] = frame[17] = 0;

    checkAll(segment(frame, 54, 100));
  }

  @Test
  void refusesWhatIsNotTcp() {
    MemorySegment udp = MemorySegment.ofArray(KnownPackets.IPV4_UDP);
    MemorySegment tcp = MemorySegment.ofArray(large(KnownPackets.IPV4_TCP, 54, 10, 0x10));

    assertThat(segmentation.begin(udp, 0, 43, 42, 100)).isFalse();
    assertThat(segmentation.begin(tcp, 0, 64, 58, 100)).isFalse();
    assertThat(segmentation.begin(tcp, 0, 64, 64, 100)).isFalse();
    assertThat(segmentation.begin(tcp, 0, 64, 54, 0)).isFalse();
  }

  private static void checkAll(List<byte[]> frames) {
    FrameHeaders headers = new FrameHeaders();
    assertThat(frames).isNotEmpty();
    for (byte[] frame : frames) {
      MemorySegment memory = MemorySegment.ofArray(frame);
      headers.parse(memory, 0, frame.length);
      assertThat(headers.isTcp()).isTrue();
      assertThat(headers.transportOffset() + headers.transportBytes()).isEqualTo(frame.length);
      assertThat(headers.isIpv6() || headers.ipChecksumCorrect(memory, 0)).isTrue();
      assertThat(headers.transportChecksumCorrect(memory, 0)).isTrue();
    }
  }

  private static int be16(byte[] frame, int offset) {
    return BigEndian.getShort(MemorySegment.ofArray(frame), offset);
  }
}
