// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PcapOutTest {
  private final MemorySegment memory = Arena.ofAuto().allocate(4_096).fill((byte) 7);

  @Test
  void recordsEveryFrameWithItsTime() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapOut wire = new PcapOut(new PcapWriter(file), () -> 5_000_000_006L)) {
      assertThat(wire.offer(memory, 100, 60)).isTrue();
      assertThat(wire.offer(memory, 0, 1514)).isTrue();
      wire.flush();
      assertThat(wire.recorded()).isEqualTo(2);
    }
    List<PcapFrame> frames = CaptureBytes.read(file.toByteArray());
    assertThat(frames).extracting(frame -> frame.bytes().length).containsExactly(60, 1514);
    assertThat(frames).extracting(PcapFrame::timestampNanos).containsOnly(5_000_000_006L);
    assertThat(frames.getFirst().bytes()).containsOnly(7);
  }

  @Test
  void takesFramesFromFailedFileAndTellsAtClose() throws IOException {
    FullDisk disk = new FullDisk();
    PcapOut wire = new PcapOut(new PcapWriter(disk), () -> 0);
    for (int i = 0; i < 100; i++) {
      assertThat(wire.offer(memory, 0, 1514)).isTrue();
    }
    assertThat(wire.lost()).isPositive();
    assertThat(wire.recorded() + wire.lost()).isEqualTo(100);
    assertThatIOException()
        .isThrownBy(wire::close)
        .withMessage("no space left")
        .satisfies(e -> assertThat(disk.writes).as("not tried again per frame").isLessThan(4));
    assertThat(disk.closed).isTrue();
  }

  @Test
  void refusesFrameLongerThanAnyReaderTakes() throws IOException {
    MemorySegment tooLong = Arena.ofAuto().allocate(PcapReader.MAX_FRAME_BYTES + 1);
    try (PcapWriter writer = new PcapWriter(new ByteArrayOutputStream())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(0, tooLong, 0, PcapReader.MAX_FRAME_BYTES + 1))
          .withMessageContaining("262145");
    }
  }

  @Test
  void refusesTimesThatTheFormatCannotHold() throws IOException {
    try (PcapWriter writer = new PcapWriter(new ByteArrayOutputStream())) {
      for (long nanos : new long[] {-1, (1L << 32) * 1_000_000_000}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> writer.write(nanos, memory, 0, 60))
            .withMessageContaining(Long.toString(nanos));
      }
    }
  }

  /// Fails each write, as a file does on a full disk.
  private static final class FullDisk extends OutputStream {
    int writes;
    boolean closed;

    @Override
    public void write(int value) throws IOException {
      writes++;
      throw new IOException("no space left");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
