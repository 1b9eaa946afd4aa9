// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.shell.Shell;
import dev.npa.shell.guest.GuestTask;
import dev.npa.testbed.Await;
import dev.npa.testbed.Guest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Sends frames at a given rate, whatever becomes of them, and measures how long each took.
///
/// A frame's time starts when it *should* have been sent (frame `i` at `start + i / rate`), which
/// is written into the frame: a sender that is held up does not hide the delay (no coordinated
/// omission). It ends when the guest's stack has been given the whole burst that the frame came in;
/// the clock is read once per round, after the frames, so a latency is at most too long.
public final class OpenLoop implements GuestTask {
  private static final int MAX_BURST = 32;
  private static final int MAX_ARRIVED = 4096;
  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final int DIGITS = 3;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final Duration STANDSTILL = Duration.ofMillis(200);

  /// What became of one trial.
  ///
  /// @param offered frames whose time came
  /// @param sent frames that the driver took
  /// @param delivered frames that arrived
  /// @param latency nanoseconds
  /// @param nanos how long it took to offer them
  public record Trial(long offered, long sent, long delivered, Histogram latency, long nanos) {
    public double offeredPerSecond() {
      return offered * 1e9 / nanos;
    }

    public double deliveredPerSecond() {
      return delivered * 1e9 / nanos;
    }

    /// Every frame offered was sent and arrived.
    public boolean lossFree() {
      return delivered == offered;
    }
  }

  private final Guest from;
  private final Shell shell;
  private final TestFrames frames;
  private final long[] arrived = new long[MAX_ARRIVED];
  private Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);
  private int[] lengths = {};
  private int arrivedCount;
  private double nanosPerFrame;
  private long startNanos;
  private long toOffer;
  private long lastSentNanos;
  private volatile long sent;
  private volatile long delivered;

  private OpenLoop(Guest from, Guest to) {
    this.from = from;
    this.shell = from.shell();
    this.frames = new TestFrames(from, to);
  }

  /// @param to receives from this flow alone
  public static OpenLoop between(Guest from, Guest to) {
    OpenLoop flow = new OpenLoop(from, to);
    to.receiveInto((memory, offset, lengthBytes) -> flow.arrived(memory, offset));
    return flow;
  }

  /// Offers frames for a span of time, and waits for those that are under way.
  ///
  /// @param framesPerSecond `> 0`
  public Trial offer(FrameMix mix, double framesPerSecond, Duration span) {
    if (!(framesPerSecond > 0)) {
      throw new IllegalArgumentException(framesPerSecond + " frames per second");
    }
    long frameCount = Math.max(1, (long) (framesPerSecond * span.toNanos() / 1e9));
    from.call(
        () -> {
          lengths = mix.lengths();
          latency = new Histogram(LONGEST_NANOS, DIGITS);
          nanosPerFrame = 1e9 / framesPerSecond;
          sent = 0;
          delivered = 0;
          arrivedCount = 0;
          toOffer = frameCount;
          startNanos = System.nanoTime();
          return true;
        });
    from.run(this);
    LockSupport.parkNanos(span.toNanos());
    // A driver that cannot keep up sends on for a while; frames that it never takes are lost.
    Await.whileProgressing(() -> sent == toOffer, () -> sent, STANDSTILL);
    Await.whileProgressing(() -> delivered == sent, () -> delivered, STANDSTILL);
    from.stop(this);
    return from.call(
        () -> {
          record(System.nanoTime());
          long nanos = Math.max(span.toNanos(), lastSentNanos - startNanos);
          return new Trial(frameCount, sent, delivered, latency.copy(), nanos);
        });
  }

  @Override
  public boolean poll() {
    long now = System.nanoTime();
    record(now);
    long due = Math.min(toOffer, (long) ((now - startNanos) / nanosPerFrame));
    long before = sent; // this thread alone writes it
    int burst = (int) Math.min(MAX_BURST, due - before);
    int taken = 0;
    while (taken < burst && send(taken, taken + 1 < burst)) {
      taken++;
    }
    if (taken != 0) {
      lastSentNanos = now;
      sent = before + taken;
    }
    return taken != 0;
  }

  private boolean send(int ahead, boolean more) {
    int buffer = shell.transmitBuffer();
    if (buffer == Shell.NO_BUFFER) {
      return false;
    }
    frames.prepare(buffer);
    long sequence = sent + ahead;
    long intended = startNanos + (long) (sequence * nanosPerFrame);
    shell.memory().set(LONG, shell.bufferOffset(buffer) + TestFrames.PAYLOAD_OFFSET, intended);
    if (!shell.send(buffer, lengths[(int) sequence & lengths.length - 1], more)) {
      shell.returnBuffer(buffer);
      return false;
    }
    return true;
  }

  private void arrived(MemorySegment memory, long offset) {
    if (arrivedCount == MAX_ARRIVED) {
      record(System.nanoTime());
    }
    arrived[arrivedCount] = memory.get(LONG, offset + TestFrames.PAYLOAD_OFFSET);
    arrivedCount++;
  }

  private void record(long now) {
    int count = arrivedCount;
    if (count != 0) {
      for (int i = 0; i < count; i++) {
        latency.recordValue(Math.clamp(now - arrived[i], 0, LONGEST_NANOS));
      }
      arrivedCount = 0;
      long before = delivered; // this thread alone writes it
      delivered = before + count;
    }
  }
}
