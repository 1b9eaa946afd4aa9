// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.nic.MacAddress;
import dev.npa.shell.Shell;
import dev.npa.shell.guest.GuestTask;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/// Sends frames of one length from one guest and counts what arrives at the other. Both guests run
/// on one thread; the counts are read by the thread that measures.
final class BenchFlow implements GuestTask {
  private static final int BURST = 32;
  private static final int WINDOW = 448;
  private static final int LOCAL_EXPERIMENTAL_ETHERTYPE = 0x88B5;
  private static final ValueLayout.OfLong HEADER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle SENT;
  private static final VarHandle DELIVERED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SENT = lookup.findVarHandle(BenchFlow.class, "sent", long.class);
      DELIVERED = lookup.findVarHandle(BenchFlow.class, "delivered", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Shell shell;
  private final long source;
  private final long destination;
  private final int lengthBytes;
  private final int[] buffers = new int[BURST];
  private final BitSet written = new BitSet();
  private volatile boolean stopped;
  private long sent;
  private long delivered;

  BenchFlow(Shell shell, MacAddress from, MacAddress to, int lengthBytes) {
    this.shell = shell;
    this.source = from.value();
    this.destination = to.value();
    this.lengthBytes = lengthBytes;
  }

  @Override
  public boolean poll() {
    if (stopped) {
      return false;
    }
    int credit = (int) Math.min(BURST, WINDOW - (sent - delivered));
    int built = build(credit);
    int taken = 0;
    while (taken < built && shell.send(buffers[taken], lengthBytes, taken + 1 < built)) {
      taken++;
    }
    for (int i = taken; i < built; i++) {
      shell.returnBuffer(buffers[i]);
    }
    SENT.setOpaque(this, sent + taken);
    return taken != 0;
  }

  /// Takes buffers for a burst. A buffer's frame is written when the buffer comes for the first
  /// time, and sent unchanged after that: what is measured is the way of frames, not their making.
  private int build(int frames) {
    int built = 0;
    while (built < frames) {
      int buffer = shell.transmitBuffer();
      if (buffer == Shell.NO_BUFFER) {
        break;
      }
      if (!written.get(buffer)) {
        long offset = shell.bufferOffset(buffer);
        shell.memory().set(HEADER, offset, destination << 16 | source >>> 32);
        shell.memory().set(HEADER, offset + 6, source << 16 | LOCAL_EXPERIMENTAL_ETHERTYPE);
        written.set(buffer);
      }
      buffers[built] = buffer;
      built++;
    }
    return built;
  }

  void arrived() {
    DELIVERED.setOpaque(this, delivered + 1);
  }

  void stop() {
    stopped = true;
  }

  boolean settled() {
    return sent() == delivered();
  }

  long sent() {
    return (long) SENT.getOpaque(this);
  }

  long delivered() {
    return (long) DELIVERED.getOpaque(this);
  }
}
