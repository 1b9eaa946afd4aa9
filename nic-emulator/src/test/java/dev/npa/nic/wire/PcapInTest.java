// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class PcapInTest {
  private final CaptureBytes file =
      new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classic(ClassicPcap.MAGIC_NANOS, 1);
  private final RecordingPort port = new RecordingPort(0);

  @Test
  void playsFramesInBurstsAndFlushesEachBurstOnce() throws IOException {
    for (int i = 0; i < 100; i++) {
      file.record(i, 0, 60, frame(i));
    }
    port.makeRoom(1_000);
    try (PcapIn wire = wire()) {
      assertThat(wire.poll()).isTrue();
      assertThat(port.frames).hasSize(64);
      assertThat(port.flushes).isEqualTo(1);
      assertThat(wire.poll()).isTrue();
      assertThat(wire.poll()).isFalse();
      assertThat(port.flushes).isEqualTo(2);
      assertThat(wire.isDone()).isTrue();
      assertThat(wire.played()).isEqualTo(100);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(port.frames.get(i)).isEqualTo(frame(i));
    }
  }

  @Test
  void keepsFrameThatWasNotTaken() throws IOException {
    file.record(0, 0, 60, frame(1)).record(0, 0, 60, frame(2));
    try (PcapIn wire = wire()) {
      assertThat(wire.poll()).as("no room is no work").isFalse();
      port.makeRoom(1);
      assertThat(wire.poll()).isTrue();
      assertThat(wire.poll()).isFalse();
      assertThat(wire.isDone()).isFalse();
      port.makeRoom(1);
      assertThat(wire.poll()).isTrue();
    }
    assertThat(port.frames).containsExactly(frame(1), frame(2));
  }

  @Test
  void leavesOutAndCountsWhatIsNoWholeFrame() throws IOException {
    file.record(0, 0, 1514, frame(1))
        .record(0, 0, 13, new byte[13])
        .record(0, 0, 0)
        .record(0, 0, 60, frame(2));
    port.makeRoom(10);
    try (PcapIn wire = wire()) {
      wire.poll();
      assertThat(wire.leftOut()).isEqualTo(3);
    }
    assertThat(port.frames).containsExactly(frame(2));
  }

  @Test
  void tellsAtCloseThatCaptureBrokeOff() throws IOException {
    file.record(0, 0, 60, frame(1)).u32(1);
    port.makeRoom(10);
    PcapIn wire = wire();
    assertThat(wire.poll()).isTrue();
    assertThat(wire.poll()).isFalse();
    assertThat(wire.isDone()).isTrue();
    assertThatIOException().isThrownBy(wire::close).withMessageContaining("file ends in");
    assertThat(port.frames).containsExactly(frame(1));
  }

  private PcapIn wire() throws IOException {
    return new PcapIn(PcapReader.open(new ByteArrayInputStream(file.toByteArray()), "test"), port);
  }

  private static byte[] frame(int number) {
    byte[] frame = new byte[60];
    frame[59] = (byte) number;
    return frame;
  }
}
