// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A receiver with a number of buffers, like a guest's ring; keeps frames in hexadecimal.
final class RecordingPort implements FramePort {
  final List<String> frames = new ArrayList<>();
  int buffers;
  int flushes;
  private int unflushed;

  RecordingPort(int buffers) {
    this.buffers = buffers;
  }

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (buffers == 0) {
      return false;
    }
    buffers--;
    unflushed++;
    byte[] bytes = memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
    frames.add(HexFormat.of().formatHex(bytes));
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
