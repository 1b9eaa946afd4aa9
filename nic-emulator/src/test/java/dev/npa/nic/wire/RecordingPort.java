// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A port with room for a given number of frames.
final class RecordingPort implements FramePort {
  final List<byte[]> frames = new ArrayList<>();
  int flushes;
  private int room;

  RecordingPort(int room) {
    this.room = room;
  }

  void makeRoom(int frames) {
    room += frames;
  }

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (room == 0) {
      return false;
    }
    room--;
    frames.add(memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
    return true;
  }

  @Override
  public void flush() {
    flushes++;
  }
}
