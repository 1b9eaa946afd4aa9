// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.lang.foreign.MemorySegment;
import java.util.TreeSet;

/// One direction of the demo's traffic: what was sent, and what of it arrived, in which state.
///
/// The sender's half and the receiver's half may run on different threads; each count has one
/// writer. The sender keeps at most a window of frames outstanding, as a transport protocol does:
/// rings and queues on the way are finite, and a frame too many is dropped by design.
final class Flow {
  /// Frames sent and not yet received.
  static final int WINDOW = 256;

  private final ReplayFrames frames;
  private final TreeSet<Long> missing = new TreeSet<>();

  private volatile long sent;
  private volatile long sentBytes;
  private volatile long received;
  private volatile long receivedBytes;
  private volatile long corrupted;
  private volatile long duplicated;
  private volatile long reordered;
  private volatile long unexpected;
  private long next;

  Flow(ReplayFrames frames) {
    this.frames = frames;
  }

  /// Sender: how many frames may be sent now.
  int credit() {
    return (int) Math.max(0, WINDOW - (sent - received));
  }

  /// Sender: writes the next frame.
  ///
  /// @return its length
  int writeNext(MemorySegment memory, long offset) {
    return frames.write(sent, memory, offset);
  }

  /// Sender: the frame written last was handed to the driver.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void handedOver(int lengthBytes) {
    sentBytes += lengthBytes;
    sent++;
  }

  /// Receiver: a frame came up from the driver.
  ///
  /// A damaged frame's number may be what was damaged. It is believed only if it is the next one
  /// expected; otherwise the frame counts as corrupted, and as lost under the number it had.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void arrived(MemorySegment memory, long offset, int lengthBytes) {
    long sequence = ReplayFrames.sequence(memory, offset, lengthBytes);
    // The frame numbered `sent` may be here before its sender was told that it went.
    if (sequence < 0 || sequence > sent) {
      unexpected++;
      return;
    }
    if (!frames.matches(sequence, memory, offset, lengthBytes)) {
      corrupted++;
      if (sequence != next) {
        return;
      }
    }
    if (sequence >= next) {
      for (long lost = next; lost < sequence; lost++) {
        missing.add(lost);
      }
      next = sequence + 1;
    } else if (missing.remove(sequence)) {
      reordered++;
    } else {
      duplicated++;
      return;
    }
    receivedBytes += lengthBytes;
    received++;
  }

  /// Whether everything sent has arrived.
  boolean settled() {
    return received == sent;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  /// The counts, once both halves have stopped.
  Tally tally() {
    return new Tally(
        sent,
        sentBytes,
        received,
        receivedBytes,
        sent - received,
        duplicated,
        reordered,
        corrupted,
        unexpected);
  }

  /// What became of the frames of one direction.
  record Tally(
      long sent,
      long sentBytes,
      long received,
      long receivedBytes,
      long lost,
      long duplicated,
      long reordered,
      long corrupted,
      long unexpected) {
    boolean perfect() {
      return lost == 0 && duplicated == 0 && reordered == 0 && corrupted == 0 && unexpected == 0;
    }
  }
}
