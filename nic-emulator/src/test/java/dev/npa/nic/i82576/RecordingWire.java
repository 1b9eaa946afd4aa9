// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A wire that remembers the frames it got.
final class RecordingWire implements FramePort {
  private final List<byte[]> frames = new ArrayList<>();
  private int flushes;

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    frames.add(memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
    return true;
  }

  @Override
  public void flush() {
    flushes++;
  }

  List<byte[]> take() {
    List<byte[]> taken = List.copyOf(frames);
    frames.clear();
    return taken;
  }

  int flushes() {
    return flushes;
  }
}
