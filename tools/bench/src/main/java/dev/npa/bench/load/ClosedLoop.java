// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.shell.Shell;
import dev.npa.shell.guest.GuestTask;
import dev.npa.testbed.Guest;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Sends frames from one guest to another as fast as they arrive there: it keeps a window of frames
/// on their way.
///
/// Both guests run on one thread; the counts are read by the thread that measures.
public final class ClosedLoop implements GuestTask {
  private static final int MAX_BURST = 64;
  private static final VarHandle SENT;
  private static final VarHandle DELIVERED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SENT = lookup.findVarHandle(ClosedLoop.class, "sent", long.class);
      DELIVERED = lookup.findVarHandle(ClosedLoop.class, "delivered", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Guest from;
  private final Shell shell;
  private final TestFrames frames;
  private int[] lengths = {};
  private int burst;
  private int window;
  private long sent;
  private long delivered;

  private ClosedLoop(Guest from, Guest to) {
    this.from = from;
    this.shell = from.shell();
    this.frames = new TestFrames(from, to);
  }

  /// @param to receives from this flow alone
  public static ClosedLoop between(Guest from, Guest to) {
    ClosedLoop flow = new ClosedLoop(from, to);
    to.receiveInto(flow.new Arrivals());
    return flow;
  }

  /// Starts to send.
  ///
  /// @param framesPerBurst `1 <= framesPerBurst <= 64`
  /// @param framesOnTheirWay at most, `>= framesPerBurst`; fewer than the receive ring has slots,
  ///   or frames are dropped
  public void start(FrameMix mix, int framesPerBurst, int framesOnTheirWay) {
    if (framesPerBurst < 1 || framesPerBurst > MAX_BURST || framesOnTheirWay < framesPerBurst) {
      throw new IllegalArgumentException(
          "bursts of " + framesPerBurst + ", a window of " + framesOnTheirWay);
    }
    from.call(
        () -> {
          lengths = mix.lengths();
          burst = framesPerBurst;
          window = framesOnTheirWay;
          SENT.setOpaque(this, delivered); // What was lost before is not waited for.
          return true;
        });
    from.run(this);
  }

  /// Stops sending; what is on its way arrives.
  public void stop() {
    from.stop(this);
  }

  @Override
  public boolean poll() {
    int credit = (int) (window - (sent - delivered));
    if (credit < burst) {
      return false;
    }
    int taken = 0;
    while (taken < burst && send(taken)) {
      taken++;
    }
    SENT.setOpaque(this, sent + taken);
    return taken != 0;
  }

  private boolean send(int ahead) {
    int buffer = shell.transmitBuffer();
    if (buffer == Shell.NO_BUFFER) {
      return false;
    }
    frames.prepare(buffer);
    boolean taken = shell.send(buffer, length(ahead), ahead + 1 < burst);
    if (!taken) {
      shell.returnBuffer(buffer);
    }
    return taken;
  }

  private int length(int ahead) {
    return lengths[(int) (sent + ahead) & lengths.length - 1];
  }

  /// Counts; what it counted is told once per burst.
  private final class Arrivals implements Guest.FrameReader {
    private long arrived;

    @Override
    public void read(MemorySegment memory, long offset, int lengthBytes) {
      arrived++;
    }

    @Override
    public void done() {
      DELIVERED.setOpaque(ClosedLoop.this, arrived);
    }
  }

  public boolean settled() {
    return sent() == delivered();
  }

  public long sent() {
    return (long) SENT.getOpaque(this);
  }

  public long delivered() {
    return (long) DELIVERED.getOpaque(this);
  }
}
