// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A receiver with a number of buffers, like a guest's ring; keeps frames in hexadecimal.
public final class RecordingPort implements FramePort {
  public final List<String> frames = new ArrayList<>();
  public int buffers;
  int flushes;
  private int unflushed;

  public RecordingPort(int buffers) {
    this.buffers = buffers;
  }

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (buffers == 0) {
      return false;
    }
    buffers--;
    unflushed++;
    frames.add(Frames.text(memory, offset, lengthBytes));
    return true;
  }

  @Override
  public void flush() {
    if (unflushed > 0) {
      unflushed = 0;
      flushes++;
    }
  }
}
