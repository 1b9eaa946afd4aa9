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
public final class RxLedger {
  private static final int VLAN_TAG_BYTES = 4;
  private static final int ADDRESSES_BYTES = 12;
  private static final int NO_TAG = -1;

  private final MemorySegment memory;
  private final BufferPool small;
  private final BufferPool large;
  private final Traffic traffic;
  private final long[] addressOfId; // 0 = not bound
  private final int[] sizeOfId;
  private final long assembly; // where a frame of several buffers is put together
  private final int assemblyBytes;

  // The burst: frame i has the buffers firstSg[i] .. firstSg[i + 1] - 1.
  private final int[] firstSg;
  private final int[] tags;
  private final long[] sgBuffers;
  private final int[] sgOffsets;
  private final int[] sgLengths;
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
    this.addressOfId = new long[2 * ringSize];
    this.sizeOfId = new int[2 * ringSize];
    this.assembly = assembly;
    this.assemblyBytes = assemblyBytes;
    this.firstSg = new int[maxFrames + 1];
    this.tags = new int[maxFrames];
    this.sgBuffers = new long[maxFrames * RecvFrame.MAX_SG];
    this.sgOffsets = new int[maxFrames * RecvFrame.MAX_SG];
    this.sgLengths = new int[maxFrames * RecvFrame.MAX_SG];
  }

  /// Number of ids: so many buffers can be bound at a time.
  public int ids() {
    return addressOfId.length;
  }

  boolean validId(int id) {
    return id >= 0 && id < addressOfId.length;
  }

  boolean isBound(int id) {
    return addressOfId[id] != 0;
  }

  /// Binds a free buffer to an id that is valid and not bound.
  ///
  /// @return the buffer's address, or 0
  long bind(int id, boolean wantLarge) {
    long address = wantLarge ? large.take() : small.take();
    addressOfId[id] = address;
    sizeOfId[id] = wantLarge ? ShellApi.LARGE_BUFFER_BYTES : ShellApi.SMALL_BUFFER_BYTES;
    return address;
  }

  /// Takes every buffer back, whatever the plugin thinks of it. Between two calls into the plugin
  /// the guest's stack holds none, so the pools are simply whole again: that also mends what a
  /// fault in the middle of a step has left.
  public void reclaim() {
    Arrays.fill(addressOfId, 0);
    frames = 0;
    small.reset();
    large.reset();
  }

  private void give(long address) {
    if (small.holds(address)) {
      small.give(address);
    } else {
      large.give(address);
    }
  }

  int frames() {
    return frames;
  }

  /// Takes a frame over. All of it is checked before anything changes.
  ///
  /// @return what is wrong with the frame, or [Fault#NONE]
  Fault accept(RecvFrame frame) {
    if (frame.sgLength() == 1 && frame.firstSgOffset() == 0 && !frame.hasVlanTag()) {
      return acceptSingle(frame.ringOffset(0), frame.length(0));
    }
    return acceptAny(frame);
  }

  /// The common case, a frame that fills one buffer from its start: the same checks.
  private Fault acceptSingle(int id, int length) {
    if (!validId(id)) {
      return Fault.ID_OUT_OF_RANGE;
    }
    long address = addressOfId[id];
    if (address == 0) {
      return Fault.ID_NOT_BOUND;
    }
    if (length < 1 || length > sizeOfId[id] || length > assemblyBytes - VLAN_TAG_BYTES) {
      return Fault.BAD_FRAME_LENGTH;
    }
    int frame = frames;
    if (frame == tags.length) {
      return Fault.TOO_MANY_FRAMES;
    }
    addressOfId[id] = 0;
    int sg = firstSg[frame];
    sgBuffers[sg] = address;
    sgOffsets[sg] = 0;
    sgLengths[sg] = length;
    tags[frame] = NO_TAG;
    firstSg[frame + 1] = sg + 1;
    frames = frame + 1;
    return Fault.NONE;
  }

  private Fault acceptAny(RecvFrame frame) {
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
      if (length < 1 || length > sizeOfId[id] - offset) {
        return Fault.BAD_FRAME_LENGTH;
      }
      offset = 0;
      total += length;
    }
    if (total > assemblyBytes - VLAN_TAG_BYTES) {
      return Fault.BAD_FRAME_LENGTH;
    }
    if (frames == tags.length) {
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
    int sg = firstSg[frames];
    int offset = frame.firstSgOffset();
    for (int i = 0; i < count; i++) {
      int id = frame.ringOffset(i);
      sgBuffers[sg] = addressOfId[id];
      sgOffsets[sg] = offset;
      sgLengths[sg] = frame.length(i);
      addressOfId[id] = 0;
      offset = 0;
      sg++;
    }
    tags[frames] = frame.hasVlanTag() ? frame.vlanTag() & 0xFFFF : NO_TAG;
    frames++;
    firstSg[frames] = sg;
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
      int sg = firstSg[i];
      if (firstSg[i + 1] == sg + 1 && tags[i] == NO_TAG) {
        bytes += sgLengths[sg];
        stack.receive(memory, sgBuffers[sg] + sgOffsets[sg], sgLengths[sg]);
      } else {
        int length = assemble(i);
        bytes += length;
        stack.receive(memory, assembly, length);
      }
      for (; sg < firstSg[i + 1]; sg++) {
        give(sgBuffers[sg]);
      }
    }
    traffic.received(count, bytes);
    stack.receiveDone();
  }

  /// Puts a frame's pieces together, and a tag that the device has stripped back into its place.
  private int assemble(int frame) {
    int length = 0;
    for (int sg = firstSg[frame]; sg < firstSg[frame + 1]; sg++) {
      MemorySegment.copy(
          memory, sgBuffers[sg] + sgOffsets[sg], memory, assembly + length, sgLengths[sg]);
      length += sgLengths[sg];
    }
    if (tags[frame] == NO_TAG || length < ADDRESSES_BYTES) {
      return length;
    }
    return length
        + VlanTag.insert(memory, assembly + ADDRESSES_BYTES, length - ADDRESSES_BYTES, tags[frame]);
  }
}
