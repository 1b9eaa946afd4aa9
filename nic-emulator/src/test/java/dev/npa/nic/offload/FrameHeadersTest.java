// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import static dev.npa.nic.offload.KnownPackets.ETHERNET;
import static dev.npa.nic.offload.KnownPackets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameHeadersTest {
  private static final String V6 = "00000000000000000000000000000001";

  private final FrameHeaders headers = new FrameHeaders();

  private MemorySegment parse(byte[] frame) {
    MemorySegment memory = MemorySegment.ofArray(frame);
    headers.parse(memory, 0, frame.length);
    return memory;
  }

  @Test
  void findsTcpInIpv4() {
    MemorySegment frame = parse(KnownPackets.IPV4_TCP);

    assertThat(headers.isIpv4() && headers.isTcp()).isTrue();
    assertThat(headers.ipOffset()).isEqualTo(14);
    assertThat(headers.transportOffset()).isEqualTo(34);
    assertThat(headers.transportHeaderBytes()).isEqualTo(20);
    assertThat(headers.ipChecksumCorrect(frame, 0)).isTrue();
    assertThat(headers.transportChecksumCorrect(frame, 0)).isTrue();
  }

  @Test
  void findsUdpInIpv4() {
    MemorySegment frame = parse(KnownPackets.IPV4_UDP);

    assertThat(headers.isIpv4() && headers.isUdp()).isTrue();
    assertThat(headers.transportChecksumCorrect(frame, 0)).isTrue();
  }

  @Test
  void findsTcpAndUdpInIpv6() {
    MemorySegment tcp = parse(KnownPackets.IPV6_TCP);
    assertThat(headers.isIpv6() && headers.isTcp()).isTrue();
    assertThat(headers.transportChecksumCorrect(tcp, 0)).isTrue();

    MemorySegment udp = parse(KnownPackets.IPV6_UDP);
    assertThat(headers.isIpv6() && headers.isUdp()).isTrue();
    assertThat(headers.transportChecksumCorrect(udp, 0)).isTrue();
  }

  @Test
  void seesThroughTwoTags() {
    byte[] plain = KnownPackets.IPV4_UDP;
    byte[] tagged = new byte[plain.length + 8];
    System.arraycopy(plain, 0, tagged, 0, 12);
    System.arraycopy(hex("88a80005 81000006"), 0, tagged, 12, 8);
    System.arraycopy(plain, 12, tagged, 20, plain.length - 12);
    MemorySegment frame = parse(tagged);

    assertThat(headers.isUdp()).isTrue();
    assertThat(headers.ipOffset()).isEqualTo(22);
    assertThat(headers.transportChecksumCorrect(frame, 0)).isTrue();
  }

  @Test
  void ignoresPadding() {
    byte[] padded = java.util.Arrays.copyOf(KnownPackets.IPV4_UDP, 60);
    padded[59] = 1;
    MemorySegment frame = parse(padded);

    assertThat(headers.transportBytes()).isEqualTo(9);
    assertThat(headers.transportChecksumCorrect(frame, 0)).isTrue();
  }

  @Test
  void noticesEveryFlippedBit() {
    for (int bit = 8 * 34; bit < 8 * KnownPackets.IPV4_TCP.length; bit++) {
      byte[] flipped = KnownPackets.IPV4_TCP.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      MemorySegment frame = parse(flipped);
      assertThat(headers.isTcp() && headers.transportChecksumCorrect(frame, 0)).isFalse();
    }
  }

  @Test
  void acceptsUdpWithoutChecksumOverIpv4Only() {
    byte[] v4 = KnownPackets.IPV4_UDP.clone();
    v4[40] = v4[41] = 0;
    byte[] v6 = KnownPackets.IPV6_UDP.clone();
    v6[60] = v6[61] = 0;

    MemorySegment frame = parse(v4);
    assertThat(headers.transportChecksumCorrect(frame, 0)).isTrue();
    frame = parse(v6);
    assertThat(headers.transportChecksumCorrect(frame, 0)).isFalse();
  }

  @Test
  void findsNoTransportInAFragment() {
    byte[] first = KnownPackets.IPV4_UDP.clone();
    first[20] = 0x20; // MF
    parse(first);
    assertThat(headers.isFragment()).isTrue();
    assertThat(headers.isUdp()).isFalse();

    parse(
        hex(ETHERNET + "86dd 60000000 0010 2c 40" + V6 + V6 + "1100000100000001 0035003500088770"));
    assertThat(headers.isIpv6() && headers.isFragment()).isTrue();
    assertThat(headers.isUdp()).isFalse();
  }

  @Test
  void walksExtensionHeaders() {
    parse(
        hex(
            ETHERNET
                + "86dd 60000000 0018 00 40"
                + V6
                + V6
                + "3c00000000000000"
                + "1100000000000000"
                + "00350035 00080000"));

    assertThat(headers.isUdp()).isTrue();
    assertThat(headers.transportOffset()).isEqualTo(14 + 40 + 16);
  }

  @Test
  void readsNothingOutsideTheFrame() {
    long seed = 7;
    Random random = new Random(seed);
    byte[][] packets = {
      KnownPackets.IPV4_TCP, KnownPackets.IPV4_UDP, KnownPackets.IPV6_TCP, KnownPackets.IPV6_UDP
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = packets[i % 4].clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        frame[12 + random.nextInt(frame.length - 12)] = (byte) random.nextInt();
      }
      int length = random.nextInt(frame.length + 1);
      // A segment that ends where the frame ends: reading beyond throws.
      MemorySegment memory = MemorySegment.ofArray(frame).asSlice(0, length);
      headers.parse(memory, 0, length);
      if (headers.isIpv4()) {
        headers.ipChecksumCorrect(memory, 0);
      }
      if (headers.isTcp() || headers.isUdp()) {
        headers.transportChecksumCorrect(memory, 0);
      }
    }
  }
}
