// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sender's half of a flow, and how it meets the receiver's.
final class FlowWindowTest {
  private final MemorySegment memory = MemorySegment.ofArray(new byte[200]);
  private final Flow flow =
      new Flow(
          new ReplayFrames(
              List.of(
                  Frames.frame(Frames.ALICE, Frames.BOB, 60, 0x0800),
                  Frames.frame(Frames.ALICE, Frames.BOB, 101, 0x0800))));

  @Test
  void acceptsAFrameThatArrivesBeforeItsSenderIsToldThatItWent() {
    for (int i = 0; i < 10; i++) {
      int lengthBytes = flow.writeNext(memory, 0);
      flow.arrived(memory, 0, lengthBytes);
      flow.handedOver(lengthBytes);
    }

    assertThat(flow.tally().perfect()).isTrue();
    assertThat(flow.settled()).isTrue();
  }

  @Test
  void readsFramesWhereverTheyLie() {
    for (int i = 0; i < 10; i++) {
      int lengthBytes = flow.writeNext(memory, 13 + i);
      flow.handedOver(lengthBytes);
      flow.arrived(memory, 13 + i, lengthBytes);
    }

    assertThat(flow.tally().perfect()).isTrue();
  }

  @Test
  void lendsItsSenderAWindowOfFrames() {
    assertThat(flow.credit()).isEqualTo(Flow.WINDOW);

    int lengthBytes = flow.writeNext(memory, 0);
    flow.handedOver(lengthBytes);
    assertThat(flow.credit()).isEqualTo(Flow.WINDOW - 1);
    assertThat(flow.settled()).isFalse();

    flow.arrived(memory, 0, lengthBytes);
    assertThat(flow.credit()).isEqualTo(Flow.WINDOW);
    assertThat(flow.settled()).isTrue();
  }

  @Test
  void lendsNothingWhileAWindowOfFramesIsMissing() {
    for (int i = 0; i < Flow.WINDOW; i++) {
      flow.handedOver(flow.writeNext(memory, 0));
    }

    assertThat(flow.credit()).isZero();
    assertThat(flow.tally().lost()).isEqualTo(Flow.WINDOW);
  }

  @Test
  void attributesWhatBecomesOfAFrameToThePathItWasSentBy() {
    byte[][] wire = new byte[6][];
    for (int i = 0; i < wire.length; i++) {
      if (i == 4) {
        flow.sendBy(Flow.Path.PASSTHROUGH);
      }
      int lengthBytes = flow.writeNext(memory, 0);
      flow.handedOver(lengthBytes);
      wire[i] = memory.asSlice(0, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
    }

    for (int i : new int[] {0, 1, 3, 2, 5, 5}) { // 2 is late, 4 lost, 5 twice
      flow.arrived(MemorySegment.ofArray(wire[i]), 0, wire[i].length);
    }

    Flow.Tally emulated = flow.tally(Flow.Path.EMULATED);
    Flow.Tally passthrough = flow.tally(Flow.Path.PASSTHROUGH);
    assertThat(emulated.sent()).isEqualTo(4);
    assertThat(emulated.reordered()).isEqualTo(1);
    assertThat(emulated.lost() + emulated.duplicated()).isZero();
    assertThat(passthrough.sent()).isEqualTo(2);
    assertThat(passthrough.lost()).isEqualTo(1);
    assertThat(passthrough.duplicated()).isEqualTo(1);
    assertThat(flow.tally()).isEqualTo(emulated.plus(passthrough));
  }
}
