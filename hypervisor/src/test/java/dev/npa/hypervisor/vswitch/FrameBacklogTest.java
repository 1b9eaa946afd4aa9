// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameBacklogTest {
  private static final int MAX_FRAME = 9018;

  private final FrameBacklog backlog = new FrameBacklog();
  private final MemorySegment memory = Arena.ofAuto().allocate(MAX_FRAME);

  @Test
  void givesBackTheSameFramesInTheSameOrderWhereverTheyWrap() {
    long seed = 82576;
    Random random = new Random(seed);
    Deque<String> expected = new ArrayDeque<>();
    RecordingPort receiver = new RecordingPort(0);
    int refused = 0;
    for (int round = 0; round < 6_000; round++) {
      // Mostly large frames, more in than out: the memory is full before the count is.
      if (random.nextInt(100) < 60) {
        int lengthBytes = 14 + random.nextInt(MAX_FRAME - 14);
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, round);
        memory.set(ValueLayout.JAVA_BYTE, lengthBytes - 1, (byte) round);
        if (backlog.add(memory, 0, lengthBytes)) {
          byte[] bytes = memory.asSlice(0, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
          expected.add(HexFormat.of().formatHex(bytes));
        } else {
          refused++;
        }
      } else if (!expected.isEmpty()) {
        receiver.buffers = 1;
        String next = expected.remove();
        assertThat(backlog.offerOldest(receiver)).as("seed %d", seed).isEqualTo(next.length() / 2);
        assertThat(receiver.frames.removeLast().equals(next)).as("seed %d", seed).isTrue();
      }
      assertThat(backlog.frames()).isEqualTo(expected.size());
    }
    assertThat(refused).isPositive();
  }

  @Test
  void keepsAFrameThatIsNotTaken() {
    backlog.add(memory, 0, 60);

    assertThat(backlog.offerOldest(new RecordingPort(0))).isZero();

    assertThat(backlog.frames()).isEqualTo(1);
  }

  @Test
  void holdsExactlyItsNumberOfSmallFrames() {
    for (int i = 0; i < FrameBacklog.MAX_FRAMES; i++) {
      assertThat(backlog.add(memory, 0, 1518)).isTrue();
    }
    assertThat(backlog.add(memory, 0, 60)).isFalse();
  }
}
