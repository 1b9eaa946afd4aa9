// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static dev.npa.testbed.Frames.ALICE;
import static dev.npa.testbed.Frames.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayFramesTest {
  private static final long GROUP = 0x0100_5E00_00FBL;
  private static final byte[] FIRST = Frames.frame(ALICE, BOB, 60, 0x0800);
  private static final byte[] SECOND = Frames.frame(ALICE, GROUP, 99, 0x86DD);
  private static final byte UNTOUCHED = (byte) 0xEE;
  private static final int OFFSET = 7;

  private final byte[] bytes = filled();
  private final MemorySegment memory = MemorySegment.ofArray(bytes);
  private final ReplayFrames frames = new ReplayFrames(List.of(FIRST, SECOND));

  @Test
  void writesFramesInTurnEachWithItsNumberBehind() {
    for (long sequence : new long[] {0, 1, 2, 3, 1L << 40, (1L << 40) + 1}) {
      byte[] captured = sequence % 2 == 0 ? FIRST : SECOND;

      assertThat(written(sequence))
          .isEqualTo(
              ByteBuffer.allocate(captured.length + 8).put(captured).putLong(sequence).array());
    }
  }

  @Test
  void writesNothingBesideTheFrame() {
    int lengthBytes = frames.write(0, memory, OFFSET);

    assertThat(Arrays.copyOf(bytes, OFFSET)).containsOnly(UNTOUCHED);
    assertThat(Arrays.copyOfRange(bytes, OFFSET + lengthBytes, bytes.length))
        .containsOnly(UNTOUCHED);
  }

  @Test
  void readsTheNumberThatItWrote() {
    for (long sequence : new long[] {0, 255, 1L << 31, Long.MAX_VALUE}) {
      int lengthBytes = frames.write(sequence, memory, OFFSET);

      assertThat(ReplayFrames.sequence(memory, OFFSET, lengthBytes)).isEqualTo(sequence);
      assertThat(frames.matches(sequence, memory, OFFSET, lengthBytes)).isTrue();
    }
  }

  @Test
  void readsNoNumberFromAFrameTooShortToHaveOne() {
    assertThat(ReplayFrames.sequence(memory, OFFSET, 0)).isEqualTo(-1);
    assertThat(ReplayFrames.sequence(memory, OFFSET, 7)).isEqualTo(-1);
  }

  @Test
  void matchesNoFrameOfAnotherLength() {
    int lengthBytes = frames.write(0, memory, OFFSET);

    assertThat(frames.matches(0, memory, OFFSET, lengthBytes - 1)).isFalse();
    assertThat(frames.matches(0, memory, OFFSET, lengthBytes + 1)).isFalse();
    assertThat(frames.matches(0, memory, OFFSET, 0)).isFalse();
  }

  @Test
  void matchesNoFrameWithAByteChanged() {
    int lengthBytes = frames.write(1, memory, OFFSET);
    for (int i = 0; i < SECOND.length; i++) {
      bytes[OFFSET + i] ^= (byte) 0x80;
      assertThat(frames.matches(1, memory, OFFSET, lengthBytes)).as("byte %d", i).isFalse();
      bytes[OFFSET + i] ^= (byte) 0x80;
    }
  }

  @Test
  void matchesNoFrameWhoseTurnItIsNot() {
    int lengthBytes = frames.write(0, memory, OFFSET);

    assertThat(frames.matches(1, memory, OFFSET, lengthBytes)).isFalse();
    assertThat(frames.matches(2, memory, OFFSET, lengthBytes)).isTrue();
  }

  @Test
  void readdressesAllButGroups() {
    MacAddress from = MacAddress.parse("00:50:56:00:00:01");
    MacAddress to = MacAddress.parse("00:50:56:00:00:02");

    frames.readdress(from, to);

    assertThat(address(written(0), 0)).isEqualTo(to);
    assertThat(address(written(0), 6)).isEqualTo(from);
    assertThat(address(written(1), 0)).isEqualTo(new MacAddress(GROUP));
    assertThat(address(written(1), 6)).isEqualTo(from);
    assertThat(Arrays.copyOfRange(written(0), 12, FIRST.length))
        .isEqualTo(Arrays.copyOfRange(FIRST, 12, FIRST.length));
  }

  @Test
  void keepsFramesOfItsOwn() {
    byte[] given = FIRST.clone();
    ReplayFrames replay = new ReplayFrames(List.of(given));
    Arrays.fill(given, (byte) 0);

    int lengthBytes = replay.write(0, memory, 0);

    assertThat(Arrays.copyOf(bytes, lengthBytes - 8)).isEqualTo(FIRST);
  }

  @Test
  void refusesToReplayNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplayFrames(List.of()));
  }

  private byte[] written(long sequence) {
    int lengthBytes = frames.write(sequence, memory, OFFSET);
    return Arrays.copyOfRange(bytes, OFFSET, OFFSET + lengthBytes);
  }

  private static MacAddress address(byte[] frame, int offset) {
    return new MacAddress(MacAddress.read(MemorySegment.ofArray(frame), offset));
  }

  private static byte[] filled() {
    byte[] filled = new byte[200];
    Arrays.fill(filled, UNTOUCHED);
    return filled;
  }
}
