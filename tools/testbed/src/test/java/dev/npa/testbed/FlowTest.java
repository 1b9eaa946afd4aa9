// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.testbed.Flow.Tally;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes wrong between two guests is counted as just that. The test is the wire: it sends a few
/// frames, tampers with them and delivers what is left.
final class FlowTest {
  private static final int SENT = 10;
  private static final int VICTIM = 4;

  /// Three frames of different lengths; the last ends in padding, as short captured frames do.
  private static final List<byte[]> REPLAYED =
      List.of(
          Frames.frame(Frames.ALICE, Frames.BOB, 64, 0x0800),
          Frames.frame(Frames.ALICE, Frames.BOB, 90, 0x86DD),
          Arrays.copyOf(Frames.frame(Frames.ALICE, Frames.BOB, 20, 0x0806), 60));

  @Test
  void findsNothingWrongIfEveryFrameArrivesOnceInOrderAndIntact() {
    Tally tally = deliver(sent());

    assertThat(tally.perfect()).isTrue();
    assertThat(tally.sent()).isEqualTo(SENT);
    assertThat(tally.received()).isEqualTo(SENT);
    assertThat(tally.receivedBytes()).isEqualTo(tally.sentBytes()).isPositive();
  }

  @Test
  void countsAFrameThatNeverArrivesAsLost() {
    for (int victim = 0; victim < SENT; victim++) {
      List<byte[]> wire = sent();
      wire.remove(victim);

      assertFaults(deliver(wire), 1, 0, 0, 0, 0);
    }
  }

  @Test
  void countsEveryFrameOfAGapAsLost() {
    List<byte[]> wire = sent();
    wire.subList(2, 9).clear();

    assertFaults(deliver(wire), 7, 0, 0, 0, 0);
  }

  @Test
  void countsAFrameThatArrivesTwiceAsDuplicated() {
    for (int victim = 0; victim < SENT; victim++) {
      List<byte[]> wire = sent();
      wire.add(wire.get(victim));

      assertFaults(deliver(wire), 0, 1, 0, 0, 0);
    }
  }

  @Test
  void countsNoBytesOfADuplicate() {
    List<byte[]> wire = sent();
    wire.add(wire.get(VICTIM));

    Tally tally = deliver(wire);

    assertThat(tally.received()).isEqualTo(SENT);
    assertThat(tally.receivedBytes()).isEqualTo(tally.sentBytes());
  }

  @Test
  void countsAFrameThatIsOvertakenAsReordered() {
    List<byte[]> wire = sent();
    wire.add(8, wire.remove(VICTIM));

    assertFaults(deliver(wire), 0, 0, 1, 0, 0);
  }

  @Test
  void countsALateFrameThatComesTwiceAsReorderedAndDuplicated() {
    List<byte[]> wire = sent();
    byte[] late = wire.remove(VICTIM);
    wire.addAll(List.of(late, late));

    assertFaults(deliver(wire), 0, 1, 1, 0, 0);
  }

  @Test
  void countsAllButTheFirstFrameOfAReversedFlowAsReordered() {
    List<byte[]> wire = sent();
    Collections.reverse(wire);

    assertFaults(deliver(wire), 0, 0, SENT - 1, 0, 0);
  }

  @Test
  void countsAFrameWithAnyByteChangedAsCorrupted() {
    for (int victim = 0; victim < 3; victim++) {
      int bodyBytes = sent().get(victim).length - ReplayFrames.TRAILER_BYTES;
      for (int at = 0; at < bodyBytes; at++) {
        List<byte[]> wire = sent();
        wire.get(victim)[at] ^= 1;

        assertFaults(deliver(wire), 0, 0, 0, 1, 0);
      }
    }
  }

  @Test
  void countsAFrameWithADamagedNumberAsCorruptedOrUnexpectedAndLostAndBlamesNoOther() {
    int length = sent().get(VICTIM).length;
    for (int at = length - ReplayFrames.TRAILER_BYTES; at < length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        List<byte[]> wire = sent();
        wire.get(VICTIM)[at] ^= (byte) (1 << bit);

        assertOneUnrecognisable(deliver(wire), 1);
      }
    }
  }

  @Test
  void countsATruncatedFrameAsCorruptedOrUnexpectedAndLostAndBlamesNoOther() {
    for (int victim : new int[] {VICTIM, VICTIM + 1, VICTIM + 2}) {
      for (int length = 0; length < sent().get(victim).length; length++) {
        List<byte[]> wire = sent();
        wire.set(victim, Arrays.copyOf(wire.get(victim), length));

        assertOneUnrecognisable(deliver(wire), 1);
      }
    }
  }

  @Test
  void countsAFrameWithBytesAppendedAsCorruptedOrUnexpectedAndLost() {
    for (int added = 1; added < 20; added++) {
      List<byte[]> wire = sent();
      byte[] frame = wire.get(VICTIM);
      wire.set(VICTIM, Arrays.copyOf(frame, frame.length + added));

      assertOneUnrecognisable(deliver(wire), 1);
    }
  }

  @Test
  void isNeverPerfectWithADamagedNumberEvenIfAllFramesAreAlike() {
    List<byte[]> alike = REPLAYED.subList(0, 1);
    int length = sent(alike).get(VICTIM).length;
    for (int at = length - ReplayFrames.TRAILER_BYTES; at < length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        List<byte[]> wire = sent(alike);
        wire.get(VICTIM)[at] ^= (byte) (1 << bit);

        assertThat(deliver(alike, wire).perfect()).as("byte %d bit %d", at, bit).isFalse();
      }
    }
  }

  @Test
  void countsAForeignFrameAsUnexpected() {
    List<byte[]> wire = sent();
    wire.add(VICTIM, Frames.frame(Frames.BOB, Frames.ALICE, 60, 0x0800));

    assertFaults(deliver(wire), 0, 0, 0, 0, 1);
  }

  @Test
  void countsAForeignFrameWithTheNumberOfAnOldOneAsCorrupted() {
    List<byte[]> wire = sent();
    wire.add(VICTIM, new byte[60]); // its last bytes say 0

    assertOneUnrecognisable(deliver(wire), 0);
  }

  @Test
  void countsAFrameTooShortForANumberAsUnexpected() {
    List<byte[]> wire = sent();
    wire.add(new byte[ReplayFrames.TRAILER_BYTES - 1]);
    wire.add(new byte[0]);

    assertFaults(deliver(wire), 0, 0, 0, 0, 2);
  }

  @Test
  void keepsCountingRightAfterAFault() {
    List<byte[]> wire = sent();
    wire.remove(8);
    wire.set(6, Arrays.copyOf(wire.get(6), 30));
    wire.add(wire.get(1));
    wire.get(0)[20] ^= 1;

    Tally tally = deliver(wire);

    assertThat(tally.lost()).isEqualTo(2);
    assertThat(tally.duplicated()).isEqualTo(1);
    assertThat(tally.corrupted() + tally.unexpected()).isEqualTo(2);
    assertThat(tally.reordered()).isZero();
  }

  private static void assertFaults(
      Tally tally, long lost, long duplicated, long reordered, long corrupted, long unexpected) {
    Tally expected =
        new Tally(
            SENT,
            tally.sentBytes(),
            SENT - lost,
            tally.receivedBytes(),
            lost,
            duplicated,
            reordered,
            corrupted,
            unexpected);
    assertThat(tally).isEqualTo(expected);
    assertThat(tally.perfect()).isFalse();
  }

  /// Whether a frame was damaged or foreign nobody can say once its number is gone.
  private static void assertOneUnrecognisable(Tally tally, long lost) {
    assertThat(tally.corrupted() + tally.unexpected()).as("%s", tally).isEqualTo(1);
    assertFaults(tally, lost, 0, 0, tally.corrupted(), tally.unexpected());
  }

  private static List<byte[]> sent() {
    return sent(REPLAYED);
  }

  private static List<byte[]> sent(List<byte[]> replayed) {
    Flow flow = new Flow(new ReplayFrames(replayed));
    List<byte[]> wire = new ArrayList<>();
    for (int i = 0; i < SENT; i++) {
      wire.add(writeNext(flow));
    }
    return wire;
  }

  private static Tally deliver(List<byte[]> wire) {
    return deliver(REPLAYED, wire);
  }

  /// All are sent before the first arrives.
  private static Tally deliver(List<byte[]> replayed, List<byte[]> wire) {
    Flow flow = new Flow(new ReplayFrames(replayed));
    for (int i = 0; i < SENT; i++) {
      writeNext(flow);
    }
    for (byte[] frame : wire) {
      flow.arrived(MemorySegment.ofArray(frame), 0, frame.length);
    }
    return flow.tally();
  }

  private static byte[] writeNext(Flow flow) {
    byte[] bytes = new byte[200];
    int lengthBytes = flow.writeNext(MemorySegment.ofArray(bytes), 0);
    flow.handedOver(lengthBytes);
    return Arrays.copyOf(bytes, lengthBytes);
  }
}
