// SPDX-License-Identifier: GPL-2.0-or-later
package org.hostile.vf;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.ShellApi;

/// A receive ring of advanced descriptors with one buffer (82576 data sheet, 7.1.5). For frames
/// that fit into one buffer.
final class HostileRxRing {
  private static final int RDBAL = 0x2800;
  private static final int RDBAH = 0x2804;
  private static final int RDLEN = 0x2808;
  private static final int SRRCTL = 0x280C;
  private static final int RDT = 0x2818;
  private static final int RXDCTL = 0x2828;
  private static final int ENABLE = 0x0201_0810;
  private static final int DROP_ADVANCED_2K = 0x8200_0002;
  private static final int DONE = 1;
  private static final long NOT_GRANTED = 0x10;

  private final RxQueue queue;
  private final DmaRegion ring;
  private final RecvFrame frame;
  private final int size;
  private final long[] buffers;
  private int filled;
  private int next;

  HostileRxRing(RxQueue queue) {
    this.queue = queue;
    this.ring = queue.ring();
    this.frame = queue.recvFrame();
    this.size = queue.ringSize();
    this.buffers = new long[size];
  }

  void start(MmioRegion registers) {
    for (int i = 0; i < size; i++) {
      ring.write64(16 * i, 0);
      ring.write64(16 * i + 8, 0);
      buffers[i] = 0;
    }
    filled = 0;
    next = 0;
    registers.write32(RXDCTL, 0);
    registers.write32(RDBAL, (int) ring.iova());
    registers.write32(RDBAH, (int) (ring.iova() >>> 32));
    registers.write32(RDLEN, 16 * size);
    registers.write32(SRRCTL, DROP_ADVANCED_2K);
    registers.write32(RDT, 0);
    registers.write32(RXDCTL, ENABLE);
  }

  void fill(ShellApi shell, MmioRegion registers, boolean forges) {
    int before = filled;
    while (filled - next < size - 1) {
      int slot = filled % size;
      if (buffers[slot] == 0) {
        buffers[slot] = shell.allocSmallBuffer(queue.handle(), slot);
      }
      if (buffers[slot] == 0) {
        break;
      }
      ring.write64(16 * slot, forges ? NOT_GRANTED : buffers[slot]);
      ring.write64(16 * slot + 8, 0);
      filled++;
    }
    if (filled != before) {
      registers.write32(RDT, filled % size);
    }
  }

  int check(ShellApi shell, int maxPkts, int misdeed) {
    int frames = 0;
    while (frames < maxPkts && next != filled) {
      int slot = next % size;
      long writeBack = ring.readAcquire64(16 * slot + 8);
      if ((writeBack & DONE) == 0) {
        break;
      }
      next++;
      int length = (int) (writeBack >>> 32) & 0xFFFF;
      if (misdeed == Misdeed.INDICATES_TOO_MUCH) {
        length += 40;
      } else if (misdeed == Misdeed.INDICATES_TOO_LITTLE) {
        length -= 10;
      }
      indicate(shell, slot, length);
      frames++;
      if (misdeed == Misdeed.INDICATES_OLD_FRAMES && frames < maxPkts) {
        // The buffer given back last is given out first: an old frame is in it.
        buffers[slot] = shell.allocSmallBuffer(queue.handle(), slot);
        indicate(shell, slot, length);
        frames++;
      }
    }
    return frames;
  }

  private void indicate(ShellApi shell, int slot, int lengthBytes) {
    buffers[slot] = 0;
    frame.begin();
    frame.addSg(slot, lengthBytes);
    shell.indicateRecv(queue.handle(), frame);
  }

  void bindAgain(ShellApi shell) {
    for (int slot = 0; slot < size; slot++) {
      if (buffers[slot] != 0) {
        shell.allocSmallBuffer(queue.handle(), slot);
      }
    }
  }

  long bufferAt(int slot) {
    return buffers[slot];
  }
}
