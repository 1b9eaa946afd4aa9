// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import dev.npa.nic.MacAddress;
import dev.npa.shell.Shell;
import dev.npa.shell.guest.GuestTask;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;

/// One direction of traffic in which frames may get lost: which of them arrived, once, whole.
///
/// A frame is addresses, type 88B5h, its number, and bytes that follow from the number. The sender
/// keeps a window, as a transport protocol does; after [#GIVE_UP_NANOS] without an arrival it takes
/// what is outstanding for lost and goes on. Both halves run on the guests' vCPU.
final class CountedFlow implements GuestTask {
  private static final int WINDOW = 128;
  private static final int BURST = 16;
  private static final long GIVE_UP_NANOS = 20_000_000L;
  private static final int TYPE = 0x88B5;
  private static final int NUMBER = 14;
  private static final int CONTENT = 22;
  private static final int SHORTEST = 60;
  private static final int LENGTHS = 1340;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Shell shell;
  private final long from;
  private final long to;
  private final BitSet seen = new BitSet();
  private boolean paused = true;
  private int sent;
  private int intact;
  private int duplicated;
  private int damaged;
  private int givenUp;
  private long lastArrival;
  private long longestSilence;

  CountedFlow(Shell shell, MacAddress from, MacAddress to) {
    this.shell = shell;
    this.from = from.value();
    this.to = to.value();
  }

  /// What became of the frames since [#start].
  ///
  /// @param sent frames that the driver took
  /// @param intact frames that arrived as they were sent, each counted once
  /// @param duplicated frames that arrived intact once more
  /// @param damaged frames that arrived and differ from what was sent
  /// @param longestSilenceNanos longest time between two arrivals
  record Tally(int sent, int intact, int duplicated, int damaged, long longestSilenceNanos) {
    int arrived() {
      return intact + duplicated + damaged;
    }
  }

  void start() {
    seen.clear();
    sent = 0;
    intact = 0;
    duplicated = 0;
    damaged = 0;
    givenUp = 0;
    lastArrival = System.nanoTime();
    longestSilence = 0;
    paused = false;
  }

  void pause() {
    paused = true;
  }

  Tally tally() {
    return new Tally(sent, intact, duplicated, damaged, longestSilence);
  }

  @Override
  public boolean poll() {
    if (paused) {
      return false;
    }
    int outstanding = sent - intact - damaged - givenUp;
    if (outstanding >= WINDOW && System.nanoTime() - lastArrival > GIVE_UP_NANOS) {
      givenUp += outstanding;
      outstanding = 0;
    }
    int credit = Math.min(BURST, WINDOW - outstanding);
    int burst = 0;
    while (burst < credit && send(burst + 1 < credit)) {
      burst++;
    }
    return burst != 0;
  }

  private boolean send(boolean more) {
    int buffer = shell.transmitBuffer();
    if (buffer == Shell.NO_BUFFER) {
      return false;
    }
    MemorySegment memory = shell.memory();
    long at = shell.bufferOffset(buffer);
    int length = length(sent);
    MacAddress.write(memory, at, to);
    MacAddress.write(memory, at + 6, from);
    memory.set(SHORT, at + 12, (short) TYPE);
    memory.set(INT, at + NUMBER, sent);
    memory.set(INT, at + NUMBER + 4, ~sent);
    for (int i = CONTENT; i < length; i++) {
      memory.set(ValueLayout.JAVA_BYTE, at + i, content(sent, i));
    }
    if (!shell.send(buffer, length, more)) {
      shell.returnBuffer(buffer);
      return false;
    }
    sent++;
    return true;
  }

  /// Takes a frame that came up at the receiver.
  void arrived(MemorySegment memory, long offset, int lengthBytes) {
    long now = System.nanoTime();
    longestSilence = Math.max(longestSilence, now - lastArrival);
    lastArrival = now;
    int number = memory.get(INT, offset + NUMBER);
    if (!isWhole(memory, offset, lengthBytes, number)) {
      damaged++;
    } else if (seen.get(number)) {
      duplicated++;
    } else {
      seen.set(number);
      intact++;
    }
  }

  private boolean isWhole(MemorySegment memory, long offset, int lengthBytes, int number) {
    boolean whole =
        number >= 0
            && number <= sent // It may be here before its sender has counted it.
            && lengthBytes == length(number)
            && MacAddress.read(memory, offset) == to
            && MacAddress.read(memory, offset + 6) == from
            && memory.get(INT, offset + NUMBER + 4) == ~number;
    for (int i = CONTENT; whole && i < lengthBytes; i++) {
      whole = memory.get(ValueLayout.JAVA_BYTE, offset + i) == content(number, i);
    }
    return whole;
  }

  private static int length(int number) {
    return SHORTEST + number * 37 % LENGTHS;
  }

  private static byte content(int number, int at) {
    return (byte) (number * 31 + at * 7);
  }
}
