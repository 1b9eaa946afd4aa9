// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import java.lang.foreign.MemorySegment;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/// One direction of the demo's traffic: what was sent by which path, and what of it arrived, in
/// which state.
///
/// The sender's half and the receiver's half may run on different threads; each count has one
/// writer. The sender keeps at most a window of frames outstanding, as a transport protocol does:
/// rings and queues on the way are finite, and a frame too many is dropped by design.
public final class Flow {
  /// Frames sent and not yet received.
  public static final int WINDOW = 256;

  /// Which way the sender's driver sends when it is given a frame.
  public enum Path {
    EMULATED,
    PASSTHROUGH
  }

  private final ReplayFrames frames;
  private final TreeSet<Long> missing = new TreeSet<>();
  private final Counts[] counts = {new Counts(), new Counts()};
  private final NavigableMap<Long, Path> pathFrom = new ConcurrentSkipListMap<>();
  private Path sendingBy = Path.EMULATED;
  private volatile long sent;
  private volatile long received;
  private volatile long unexpected;
  private long next;

  public Flow(ReplayFrames frames) {
    this.frames = frames;
    pathFrom.put(0L, sendingBy);
  }

  /// Sender: how many frames may be sent now.
  public int credit() {
    return (int) Math.max(0, WINDOW - (sent - received));
  }

  /// Sender: the path of the frames from the next one on.
  public void sendBy(Path path) {
    if (path != sendingBy) {
      sendingBy = path;
      pathFrom.put(sent, path);
    }
  }

  /// Sender: writes the next frame.
  ///
  /// @return its length
  public int writeNext(MemorySegment memory, long offset) {
    return frames.write(sent, memory, offset);
  }

  /// Sender: the frame written last was handed to the driver.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void handedOver(int lengthBytes) {
    Counts path = counts[sendingBy.ordinal()];
    path.sentBytes += lengthBytes;
    path.sent++;
    sent++;
  }

  /// Receiver: a frame came up from the driver.
  ///
  /// A damaged frame's number may be what was damaged. It is believed only if it is the next one
  /// expected; otherwise the frame counts as corrupted, and as lost under the number it had.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void arrived(MemorySegment memory, long offset, int lengthBytes) {
    long sequence = ReplayFrames.sequence(memory, offset, lengthBytes);
    // The frame numbered `sent` may be here before its sender was told that it went.
    if (sequence < 0 || sequence > sent) {
      unexpected++;
      return;
    }
    Counts path = counts[pathFrom.floorEntry(sequence).getValue().ordinal()];
    if (!frames.matches(sequence, memory, offset, lengthBytes)) {
      path.corrupted++;
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
      path.reordered++;
    } else {
      path.duplicated++;
      return;
    }
    path.receivedBytes += lengthBytes;
    path.received++;
    received++;
  }

  /// Whether everything sent has arrived.
  public boolean settled() {
    return received == sent;
  }

  public long sent() {
    return sent;
  }

  public long received() {
    return received;
  }

  public long receivedBytes() {
    return counts[0].receivedBytes + counts[1].receivedBytes;
  }

  /// The counts of the frames that were given to the driver while it sent by this path, once both
  /// halves have stopped.
  public Tally tally(Path path) {
    return counts[path.ordinal()].tally(0);
  }

  /// The counts of all frames, once both halves have stopped.
  public Tally tally() {
    return counts[0].tally(unexpected).plus(counts[1].tally(0));
  }

  /// What is counted for one path.
  private static final class Counts {
    private volatile long sent;
    private volatile long sentBytes;
    private volatile long received;
    private volatile long receivedBytes;
    private volatile long corrupted;
    private volatile long duplicated;
    private volatile long reordered;

    private Tally tally(long unexpected) {
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
  }

  /// What became of the frames of one direction.
  public record Tally(
      long sent,
      long sentBytes,
      long received,
      long receivedBytes,
      long lost,
      long duplicated,
      long reordered,
      long corrupted,
      long unexpected) {
    public boolean perfect() {
      return lost == 0 && duplicated == 0 && reordered == 0 && corrupted == 0 && unexpected == 0;
    }

    public Tally plus(Tally other) {
      return new Tally(
          sent + other.sent,
          sentBytes + other.sentBytes,
          received + other.received,
          receivedBytes + other.receivedBytes,
          lost + other.lost,
          duplicated + other.duplicated,
          reordered + other.reordered,
          corrupted + other.corrupted,
          unexpected + other.unexpected);
    }
  }
}
