// SPDX-License-Identifier: GPL-2.0-or-later
package org.kawela.vf;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.ShellApi;

/// The receive ring: advanced descriptors with one buffer of 2 KiB each (section 7.1.5).
///
/// ```
/// read format   +0 buffer address                | +8 header buffer address, not used: 0
/// write-back    +0 packet type 15:4              | +8  DD 0, EOP 1, L4CS 5, IPCS 6,
///                                                |     RXE 29, L4E 30, IPE 31
///                                                | +12 length 15:0, VLAN 31:16
/// ```
///
/// The write-back takes the place of the addresses, so the plugin remembers which buffer is where.
/// A frame longer than 2 KiB takes several descriptors; only the last has EOP and a valid status.
final class KawelaRxRing {
  private static final int DESCRIPTOR_SHIFT = 4;
  private static final long DONE = 1;
  private static final int END_OF_PACKET = 1 << 1;
  private static final int VLAN_STRIPPED = 1 << 3;
  private static final int L4_CHECKED = 1 << 5;
  private static final int IP_CHECKED = 1 << 6;
  private static final int CHECKED = L4_CHECKED | IP_CHECKED;
  private static final int RECEIVE_ERROR = 1 << 29;
  private static final int PLAIN_MASK = END_OF_PACKET | CHECKED | VLAN_STRIPPED | RECEIVE_ERROR;
  private static final int L4_ERROR = 1 << 30;
  private static final int IP_ERROR = 1 << 31;
  private static final int TYPE_IPV4 = 1 << 4;
  private static final int TYPE_IPV6 = 1 << 6;
  private static final int TYPE_TCP = 1 << 8;
  private static final int TYPE_UDP = 1 << 9;

  private final RxQueue queue;
  private final DmaRegion ring;
  private final RecvFrame frame;
  private final int size;
  private final int mask;
  private final long[] buffers; // address of the buffer in each slot; 0 = none
  private final int[] frameSlots = new int[RecvFrame.MAX_SG];

  // Free-running counters; the slot is the counter modulo size.
  private int filled;
  private int next;

  private int frameBuffers;
  private boolean frameTooLong;

  KawelaRxRing(RxQueue queue) {
    this.queue = queue;
    this.ring = queue.ring();
    this.frame = queue.recvFrame();
    this.size = queue.ringSize();
    this.mask = size - 1;
    this.buffers = new long[size];
  }

  /// Section 4.5.9: stop the queue, tell it where its ring is, start it. It has no buffers yet.
  void start(MmioRegion registers) {
    for (int slot = 0; slot < size; slot++) {
      ring.write64(slot << DESCRIPTOR_SHIFT, 0);
      ring.write64((slot << DESCRIPTOR_SHIFT) + 8, 0);
      buffers[slot] = 0;
    }
    filled = 0;
    next = 0;
    startFrame();

    registers.write32(KawelaRegisters.RXDCTL, 0); // 8.10
    registers.write32(KawelaRegisters.RDBAL, (int) ring.iova()); // 8.10
    registers.write32(KawelaRegisters.RDBAH, (int) (ring.iova() >>> 32)); // 8.10
    registers.write32(KawelaRegisters.RDLEN, size << DESCRIPTOR_SHIFT); // 8.10
    registers.write32(KawelaRegisters.SRRCTL, KawelaRegisters.SRRCTL_DROP_ADVANCED_2K); // 8.10
    registers.write32(KawelaRegisters.RDT, 0); // 8.10; the head resets with the queue
    registers.write32(KawelaRegisters.RXDCTL, KawelaRegisters.RXDCTL_ENABLE);
  }

  /// Gives every free slot but one a buffer, then moves the tail.
  void fill(ShellApi shell, MmioRegion registers) {
    int room = mask - (filled - next);
    int added = 0;
    for (; added < room; added++) {
      int slot = filled + added & mask;
      long buffer = buffers[slot];
      if (buffer == 0) {
        buffer = shell.allocSmallBuffer(queue.handle(), slot);
        if (buffer == 0) {
          break; // The shell has none now; it will call again.
        }
        buffers[slot] = buffer;
      }
      ring.write64(slot << DESCRIPTOR_SHIFT, buffer);
      ring.write64((slot << DESCRIPTOR_SHIFT) + 8, 0); // clears DD
    }
    if (added != 0) {
      filled += added;
      registers.write32(KawelaRegisters.RDT, filled & mask); // 8.10
    }
  }

  /// First counts what has arrived, then hands it over: the device's words are read in a loop that
  /// does nothing else, and ordered before all that follows by one fence for the burst.
  int check(ShellApi shell, int maxPkts) {
    int frames = 0;
    while (frames < maxPkts) {
      int arrived = arrived(maxPkts - frames);
      if (arrived == 0) {
        break;
      }
      frames += indicate(shell, arrived);
    }
    return frames;
  }

  /// Number of descriptors in a row that the device is done with, at most as many as asked for.
  private int arrived(int most) {
    int limit = Math.min(most, filled - next);
    int count = 0;
    while (count < limit && (writeBack(next + count) & DONE) != 0) {
      count++;
    }
    ring.acquireFence(); // The frames are read after the device has said that they are there.
    return count;
  }

  private long writeBack(int descriptor) {
    return ring.read64(((descriptor & mask) << DESCRIPTOR_SHIFT) + 8);
  }

  /// Hands the frames in so many descriptors over.
  ///
  /// @return number of frames that ended in one of them
  private int indicate(ShellApi shell, int descriptors) {
    int frames = 0;
    int first = next;
    next = first + descriptors;
    for (int i = 0; i < descriptors; i++) {
      int slot = first + i & mask;
      long writeBack = writeBack(slot);
      int status = (int) writeBack;
      int length = (int) (writeBack >>> 32) & 0xFFFF;
      if (frameBuffers == 0 && (status & PLAIN_MASK) == END_OF_PACKET && length != 0) {
        // The common case: a whole frame in one buffer, and nothing to tell about it.
        buffers[slot] = 0;
        frame.begin();
        frame.addSg(slot, length);
        shell.indicateRecv(queue.handle(), frame);
        frames++;
      } else {
        frames += takeBuffer(shell, slot, writeBack);
      }
    }
    return frames;
  }

  /// One buffer of a frame that has several, or about which there is something to tell.
  ///
  /// @return 1 if the frame ended here and was handed over, else 0
  private int takeBuffer(ShellApi shell, int slot, long writeBack) {
    int status = (int) writeBack;
    append(slot, (int) (writeBack >>> 32) & 0xFFFF);
    if ((status & END_OF_PACKET) == 0) {
      return 0;
    }
    if (frameTooLong || (status & RECEIVE_ERROR) != 0) {
      startFrame(); // The buffers stay in their slots and are used again.
      return 0;
    }
    if ((status & (CHECKED | VLAN_STRIPPED)) != 0) {
      int type = ring.read32(slot << DESCRIPTOR_SHIFT);
      describe(status, type, (int) (writeBack >>> 48));
    }
    for (int i = 0; i < frameBuffers; i++) {
      buffers[frameSlots[i]] = 0;
    }
    shell.indicateRecv(queue.handle(), frame);
    startFrame();
    return 1;
  }

  private void append(int slot, int length) {
    if (frameBuffers == RecvFrame.MAX_SG || length == 0) {
      frameTooLong = true;
      return;
    }
    if (frameBuffers == 0) {
      frame.begin();
    }
    frameSlots[frameBuffers] = slot;
    frameBuffers++;
    frame.addSg(slot, length);
  }

  private void describe(int status, int type, int tag) {
    if ((status & VLAN_STRIPPED) != 0) {
      frame.vlanTag(tag);
    }
    if ((type & TYPE_IPV4) != 0) {
      frame.ipv4(state(status, IP_CHECKED, IP_ERROR));
    }
    if ((type & TYPE_IPV6) != 0) {
      frame.ipv6();
    }
    if ((type & TYPE_TCP) != 0) {
      frame.tcp(state(status, L4_CHECKED, L4_ERROR));
    }
    if ((type & TYPE_UDP) != 0) {
      frame.udp(state(status, L4_CHECKED, L4_ERROR));
    }
  }

  private static int state(int status, int checked, int error) {
    if ((status & checked) == 0) {
      return RecvFrame.XSUM_UNKNOWN;
    }
    return (status & error) == 0 ? RecvFrame.XSUM_CORRECT : RecvFrame.XSUM_INCORRECT;
  }

  private void startFrame() {
    frameBuffers = 0;
    frameTooLong = false;
  }
}
