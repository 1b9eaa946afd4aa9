// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.ShellApi;
import dev.npa.shell.guest.GuestStack;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The receive buffers of one queue: which the plugin holds, under which id, and the frames of the
/// current burst that it has handed over.
///
/// Frames are given to the stack after the plugin has returned, so that a stack that sends at once
/// does not enter the plugin a second time.
///
/// A buffer is a word: its address, a multiple of 64, and [#LARGE]. So is a frame that fills one
/// buffer from its start, which nearly all do; the others are in [FramePieces].
public final class RxLedger {
  private static final int VLAN_TAG_BYTES = 4;

  /// In a buffer's word: from the large pool.
  private static final long LARGE = 1;

  private static final int LENGTH_BITS = 16;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private final MemorySegment memory;
  private final BufferPool small;
  private final BufferPool large;
  private final Traffic traffic;
  private final long[] bufferOfId; // 0 = not bound
  private final long assembly; // where a frame of several buffers is put together
  private final int mostBytes;

  // The burst: buffer << 16 | length, or ~index of a frame in pieces.
  private final long[] burst;
  private final FramePieces pieces;
  private int frames;

  /// @param assembly address of memory for frames that come in pieces
  /// @param assemblyBytes its size: the longest frame
  /// @param maxFrames longest burst
  public RxLedger(
      MemorySegment memory,
      BufferPool small,
      BufferPool large,
      int ringSize,
      long assembly,
      int assemblyBytes,
      int maxFrames,
      Traffic traffic) {
    this.memory = memory;
    this.small = small;
    this.large = large;
    this.traffic = traffic;
    this.bufferOfId = new long[2 * ringSize];
    this.assembly = assembly;
    this.mostBytes = assemblyBytes - VLAN_TAG_BYTES;
    this.burst = new long[maxFrames];
    this.pieces = new FramePieces(maxFrames);
  }

  /// Number of ids: so many buffers can be bound at a time.
  public int ids() {
    return bufferOfId.length;
  }

  /// Takes every buffer back, whatever the plugin thinks of it. Between two calls into the plugin
  /// the guest's stack holds none, so the pools are simply whole again: that also mends what a
  /// fault in the middle of a step has left.
  public void reclaim() {
    Arrays.fill(bufferOfId, 0);
    frames = 0;
    pieces.clear();
    small.reset();
    large.reset();
  }

  static long address(long buffer) {
    return buffer & ~LARGE;
  }

  private static int sizeBytes(long buffer) {
    return (buffer & LARGE) != 0 ? ShellApi.LARGE_BUFFER_BYTES : ShellApi.SMALL_BUFFER_BYTES;
  }

  private void give(long buffer) {
    if ((buffer & LARGE) == 0) {
      small.give(buffer);
    } else {
      large.give(address(buffer));
    }
  }

  private Fault acceptPieces(RecvFrame frame) {
    int count = frame.sgLength();
    int offset = frame.firstSgOffset();
    if (count < 1 || offset < 0 || offset >= ShellApi.LARGE_BUFFER_BYTES) {
      return Fault.BAD_FRAME_LENGTH;
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      int id = frame.ringOffset(i);
      int length = frame.length(i);
      if (!validId(id)) {
        return Fault.ID_OUT_OF_RANGE;
      }
      if (!isBound(id) || repeated(frame, i)) {
        return Fault.ID_NOT_BOUND;
      }
      if (length < 1 || length > sizeBytes(bufferOfId[id]) - offset) {
        return Fault.BAD_FRAME_LENGTH;
      }
      offset = 0;
      total += length;
    }
    if (total > mostBytes) {
      return Fault.BAD_FRAME_LENGTH;
    }
    if (frames == burst.length) {
      return Fault.TOO_MANY_FRAMES;
    }
    take(frame, count);
    return Fault.NONE;
  }

  private static boolean repeated(RecvFrame frame, int index) {
    for (int i = 0; i < index; i++) {
      if (frame.ringOffset(i) == frame.ringOffset(index)) {
        return true;
      }
    }
    return false;
  }

  private void take(RecvFrame frame, int count) {
    burst[frames] = ~(long) pieces.begin(frame);
    frames++;
    int offset = frame.firstSgOffset();
    for (int i = 0; i < count; i++) {
      int id = frame.ringOffset(i);
      pieces.add(bufferOfId[id], offset, frame.length(i));
      bufferOfId[id] = 0;
      offset = 0;
    }
  }

  private int deliverPieces(GuestStack stack, int frame) {
    int length = pieces.assemble(frame, memory, assembly);
    stack.receive(memory, assembly, length);
    for (int piece = pieces.first(frame); piece < pieces.end(frame); piece++) {
      give(pieces.buffer(piece));
    }
    return length;
  }

  // Below: once per buffer or per frame.

  int frames() {
    return frames;
  }

  boolean validId(int id) {
    return id >= 0 && id < bufferOfId.length;
  }

  boolean isBound(int id) {
    return bufferOfId[id] != 0;
  }

  /// Binds a free buffer to an id that is valid and not bound.
  ///
  /// @return the buffer's address, or 0
  long bind(int id, boolean wantLarge) {
    long address = wantLarge ? large.take() : small.take();
    bufferOfId[id] = wantLarge && address != BufferPool.NONE ? address | LARGE : address;
    return address;
  }

  /// Takes a frame over. All of it is checked before anything changes.
  ///
  /// @return what is wrong with the frame, or [Fault#NONE]
  Fault accept(RecvFrame frame) {
    if (frame.sgLength() != 1 || frame.firstSgOffset() != 0 || frame.hasVlanTag()) {
      return acceptPieces(frame);
    }
    int id = frame.ringOffset(0);
    int length = frame.length(0);
    if (!validId(id)) {
      return Fault.ID_OUT_OF_RANGE;
    }
    long buffer = bufferOfId[id];
    if (buffer == 0) {
      return Fault.ID_NOT_BOUND;
    }
    if (length < 1 || length > sizeBytes(buffer) || length > mostBytes) {
      return Fault.BAD_FRAME_LENGTH;
    }
    if (frames == burst.length) {
      return Fault.TOO_MANY_FRAMES;
    }
    bufferOfId[id] = 0;
    burst[frames] = buffer << LENGTH_BITS | length;
    frames++;
    return Fault.NONE;
  }

  /// Gives the burst to the stack and its buffers back to the pools.
  public void deliver(GuestStack stack) {
    int count = frames;
    if (count == 0) {
      return;
    }
    frames = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      long frame = burst[i];
      if (frame >= 0) {
        int length = (int) frame & LENGTH_MASK;
        long buffer = frame >>> LENGTH_BITS;
        bytes += length;
        stack.receive(memory, address(buffer), length);
        give(buffer);
      } else {
        bytes += deliverPieces(stack, (int) ~frame);
      }
    }
    pieces.clear();
    traffic.received(count, bytes);
    stack.receiveDone();
  }
}
