// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerWireTest {
  private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
  private final PeerWire wire = new PeerWire(4, 1_518);
  private final RecordingPort leftNic = new RecordingPort(0);
  private final RecordingPort rightNic = new RecordingPort(0);

  PeerWireTest() {
    wire.left().plug(leftNic);
    wire.right().plug(rightNic);
  }

  @Test
  void carriesFramesBothWaysInOrder() {
    leftNic.makeRoom(10);
    rightNic.makeRoom(10);
    send(wire.left(), 1);
    send(wire.right(), 2);
    send(wire.left(), 3);
    assertThat(wire.poll()).isTrue();
    assertThat(wire.poll()).isFalse();
    assertThat(numbers(rightNic)).containsExactly(1, 3);
    assertThat(numbers(leftNic)).containsExactly(2);
    assertThat(rightNic.flushes).isEqualTo(1);
  }

  @Test
  void holdsFramesWhileFarNicHasNoRoom() {
    send(wire.left(), 1);
    send(wire.left(), 2);
    assertThat(wire.poll()).isFalse();
    rightNic.makeRoom(1);
    assertThat(wire.poll()).isTrue();
    assertThat(numbers(rightNic)).containsExactly(1);
    rightNic.makeRoom(1);
    assertThat(wire.poll()).isTrue();
    assertThat(numbers(rightNic)).containsExactly(1, 2);
    assertThat(wire.left().lost()).isZero();
  }

  @Test
  void losesAndCountsWhatDoesNotFit() {
    for (int i = 0; i < 6; i++) {
      send(wire.left(), i);
    }
    assertThat(wire.left().lost()).isEqualTo(2);
    assertThat(wire.right().lost()).isZero();
    rightNic.makeRoom(10);
    wire.poll();
    assertThat(numbers(rightNic)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void losesAndCountsFramesLongerThanItsSlots() {
    assertThat(wire.left().offer(memory, 0, 1_519)).isTrue();
    assertThat(wire.left().offer(memory, 0, 1_518)).isTrue();
    assertThat(wire.left().lost()).isEqualTo(1);
  }

  @Test
  void carriesMoreFramesThanItHasSlots() {
    rightNic.makeRoom(100);
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      send(wire.left(), i);
      sent.add(i);
      if (i % 3 == 2) {
        wire.poll();
      }
    }
    assertThat(numbers(rightNic)).isEqualTo(sent);
  }

  @Test
  void holdsFramesUntilNicIsPluggedIn() {
    PeerWire half = new PeerWire(4, 64);
    send(half.left(), 1);
    assertThat(half.poll()).isFalse();
    rightNic.makeRoom(1);
    half.right().plug(rightNic);
    assertThat(half.poll()).isTrue();
    assertThat(numbers(rightNic)).containsExactly(1);
  }

  @Test
  void refusesSlotsThatAreNoPowerOfTwo() {
    for (int slots : new int[] {-4, 0, 3, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PeerWire(slots, 64))
          .withMessageContaining(Integer.toString(slots));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new PeerWire(4, 0));
  }

  private void send(PeerWire.End end, int number) {
    memory.set(ValueLayout.JAVA_BYTE, 59, (byte) number);
    assertThat(end.offer(memory, 0, 60)).isTrue();
    end.flush();
  }

  private static List<Integer> numbers(RecordingPort port) {
    return port.frames.stream().map(frame -> (int) frame[59]).toList();
  }
}
