// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
  @Test
  void sumsTheExampleOfRfc1071() {
    byte[] bytes = {
      0x00, 0x01, (byte) 0xF2, 0x03, (byte) 0xF4, (byte) 0xF5, (byte) 0xF6, (byte) 0xF7
    };

    assertThat(InternetChecksum.sum(MemorySegment.ofArray(bytes), 0, 8)).isEqualTo(0xDDF2);
  }

  @Test
  void agreesWithTheDefinitionAtEveryLengthAndOffset() {
    long seed = 42;
    byte[] bytes = new byte[200];
    new Random(seed).nextBytes(bytes);
    MemorySegment memory = MemorySegment.ofArray(bytes);

    for (int offset = 0; offset < 9; offset++) {
      for (int length = 0; length < 150; length++) {
        assertThat(InternetChecksum.sum(memory, offset, length))
            .as("offset %d length %d seed %d", offset, length, seed)
            .isEqualTo(definition(bytes, offset, length));
      }
    }
  }

  @Test
  void foldsTheLargestSum() {
    byte[] bytes = new byte[65536];
    java.util.Arrays.fill(bytes, (byte) 0xFF);

    assertThat(InternetChecksum.sum(MemorySegment.ofArray(bytes), 0, 65536)).isEqualTo(0xFFFF);
  }

  @Test
  void fillsTheKnownTcpChecksumFromItsPseudoHeader() {
    byte[] frame = KnownPackets.IPV4_TCP.clone();
    MemorySegment memory = MemorySegment.ofArray(frame);
    BigEndian.setShort(memory, 50, InternetChecksum.pseudoHeader(memory, 26, 4, 6, 20));

    InternetChecksum.fill(memory, 0, frame.length, 34, 50);

    assertThat(frame).isEqualTo(KnownPackets.IPV4_TCP);
  }

  @Test
  void fillsTheKnownUdpChecksumOverIpv6() {
    byte[] frame = KnownPackets.IPV6_UDP.clone();
    MemorySegment memory = MemorySegment.ofArray(frame);
    BigEndian.setShort(memory, 60, InternetChecksum.pseudoHeader(memory, 22, 16, 17, 9));

    InternetChecksum.fill(memory, 0, frame.length, 54, 60);

    assertThat(frame).isEqualTo(KnownPackets.IPV6_UDP);
  }

  @Test
  void writesAZeroResultAsAllOnes() {
    byte[] bytes = {(byte) 0xFF, (byte) 0xFF, 0, 0};
    MemorySegment memory = MemorySegment.ofArray(bytes);

    InternetChecksum.fill(memory, 0, 4, 0, 2);

    assertThat(BigEndian.getShort(memory, 2)).isEqualTo(0xFFFF);
  }

  private static int definition(byte[] bytes, int offset, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (bytes[offset + i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return sum;
  }
}
