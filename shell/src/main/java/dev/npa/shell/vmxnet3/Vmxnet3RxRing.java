// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.ShellApi;

/// A receive queue: two command rings and the completion ring they share.
///
/// ```
/// RxCompDesc  +0  index 11:0, eop 14, sop 15, queue id 25:16, rss type 29:26, no checksum 30
///             +4  rss hash
///             +8  length 13:0, error 14, tag stripped 15, tag 31:16
///             +12 L4 right 16, udp 17, tcp 18, ip right 19, v6 20, v4 21, gen 31
/// ```
///
/// Queue id 0 stands for ring 0, 1 for ring 1 (one queue). What a frame carries is told by the
/// completion of its last buffer. A frame may be complete only in a later call: it stays in the
/// queue's [RecvFrame].
final class Vmxnet3RxRing {
  private static final int INDEX_MASK = 0xFFF;
  private static final int EOP = 1 << 14;
  private static final int SOP = 1 << 15;
  private static final int QUEUE_ID_MASK = 0x3FF << 16;
  private static final int NO_CHECKSUM = 1 << 30;
  private static final int LENGTH_MASK = (1 << 14) - 1;
  private static final int ERROR = 1 << 14;
  private static final int TAG_STRIPPED = 1 << 15;
  private static final int L4_RIGHT = 1 << 16;
  private static final int UDP = 1 << 17;
  private static final int TCP = 1 << 18;
  private static final int IP_RIGHT = 1 << 19;
  private static final int IPV6 = 1 << 20;
  private static final int IPV4 = 1 << 21;
  private static final int FOUND = IPV4 | IPV6 | TCP | UDP;
  private static final int RSS_TYPE = 0xF << 26;
  private static final int GEN = 1 << 31;
  private static final int RXPROD = 0x800;
  private static final int RXPROD2 = 0xA00;

  private final RxQueue queue;
  private final DmaRegion memory;
  private final RecvFrame frame;
  private final int size;
  private final int compRing;
  private final int compEntries;
  private final Vmxnet3CommandRing heads;
  private final Vmxnet3CommandRing bodies;
  private final int[] frameIds = new int[RecvFrame.MAX_SG];

  private int compNext;
  private int compGen;
  private int frameBuffers;
  private boolean frameBad;

  Vmxnet3RxRing(RxQueue queue) {
    this.queue = queue;
    this.memory = queue.ring();
    this.frame = queue.recvFrame();
    this.size = queue.ringSize();
    this.compRing = Vmxnet3RingLayout.RX_COMP_PER_SLOT * size;
    this.compEntries = Vmxnet3RingLayout.RX_COMP_ENTRIES_PER_SLOT * size;
    this.heads = new Vmxnet3CommandRing(memory, 0, size, false);
    this.bodies =
        new Vmxnet3CommandRing(memory, Vmxnet3RingLayout.RX_RING1_PER_SLOT * size, size, true);
  }

  void reset() {
    heads.reset();
    bodies.reset();
    for (int i = 0; i < compEntries; i++) {
      int at = compRing + i * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      memory.write64(at, 0);
      memory.write64(at + 8, 0);
    }
    compNext = 0;
    compGen = GEN;
    startFrame();
  }

  void fill(ShellApi shell, MmioRegion mmio) {
    if (heads.fill(shell, queue.handle())) {
      mmio.write32(RXPROD, heads.producer());
    }
    if (bodies.fill(shell, queue.handle())) {
      mmio.write32(RXPROD2, bodies.producer());
    }
  }

  int check(ShellApi shell, int maxPkts) {
    int frames = 0;
    for (int i = 0; i < compEntries; i++) {
      int at = compRing + compNext * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      // Acquire: the entry and the frame are read after the generation bit says they are there.
      int word3 = memory.readAcquire32(at + 12);
      if ((word3 & GEN) != compGen) {
        break;
      }
      compNext++;
      if (compNext == compEntries) {
        compNext = 0;
        compGen ^= GEN;
      }
      int word0 = memory.read32(at);
      int word2 = memory.read32(at + 8);
      if (frameBuffers == 0 && isWhole(word0, word2)) {
        takeWhole(shell, word0, word2, word3, at);
        frames++;
        if (frames == maxPkts) {
          break;
        }
        continue;
      }
      takeBuffer(word0, word2);
      if ((word0 & EOP) != 0) {
        // The FCS bit only tells errors apart: QEMU's device never sets it.
        if (frameBad || frameBuffers == 0 || (word2 & ERROR) != 0) {
          startFrame(); // Its buffers stay held and are posted again.
        } else {
          describe(word0, memory.read32(at + 4), word2, word3);
          indicate(shell);
          frames++;
          if (frames == maxPkts) {
            break;
          }
        }
      }
    }
    return frames;
  }

  /// The common case: a frame in one buffer of ring 0.
  private static boolean isWhole(int word0, int word2) {
    return (word0 & (SOP | EOP | QUEUE_ID_MASK)) == (SOP | EOP)
        && (word2 & ERROR) == 0
        && (word2 & LENGTH_MASK) != 0;
  }

  private void takeWhole(ShellApi shell, int word0, int word2, int word3, int at) {
    int slot = word0 & INDEX_MASK & (size - 1);
    heads.consumed(slot);
    heads.release(slot);
    frame.addSg(slot, word2 & LENGTH_MASK);
    if ((word0 & RSS_TYPE | word2 & TAG_STRIPPED | word3 & FOUND) != 0) {
      describe(word0, memory.read32(at + 4), word2, word3);
    }
    shell.indicateRecv(queue.handle(), frame);
    startFrame();
  }

  private void takeBuffer(int word0, int word2) {
    int slot = word0 & INDEX_MASK & (size - 1);
    boolean body = (word0 & QUEUE_ID_MASK) != 0;
    if (body) {
      bodies.consumed(slot);
    } else {
      heads.consumed(slot);
    }
    if ((word0 & SOP) != 0) {
      startFrame();
    }
    int length = word2 & LENGTH_MASK;
    if (length == 0) {
      return; // The device passed over this buffer.
    }
    if (frameBuffers == RecvFrame.MAX_SG) {
      frameBad = true;
    } else {
      int id = body ? size + slot : slot;
      frameIds[frameBuffers] = id;
      frameBuffers++;
      frame.addSg(id, length);
    }
  }

  private void describe(int word0, int hash, int word2, int word3) {
    if ((word2 & TAG_STRIPPED) != 0) {
      frame.vlanTag(word2 >>> 16);
    }
    int rssType = (word0 >>> 26) & 0xF;
    if (rssType != 0) {
      frame.rssHash(rssType, hash);
    }
    boolean checked = (word0 & NO_CHECKSUM) == 0;
    if ((word3 & IPV4) != 0) {
      frame.ipv4(state(checked, word3 & IP_RIGHT));
    }
    if ((word3 & IPV6) != 0) {
      frame.ipv6();
    }
    if ((word3 & TCP) != 0) {
      frame.tcp(state(checked, word3 & L4_RIGHT));
    }
    if ((word3 & UDP) != 0) {
      frame.udp(state(checked, word3 & L4_RIGHT));
    }
  }

  private static int state(boolean checked, int right) {
    if (!checked) {
      return RecvFrame.XSUM_UNKNOWN;
    }
    return right != 0 ? RecvFrame.XSUM_CORRECT : RecvFrame.XSUM_INCORRECT;
  }

  private void indicate(ShellApi shell) {
    for (int i = 0; i < frameBuffers; i++) {
      int id = frameIds[i];
      if (id >= size) {
        bodies.release(id);
      } else {
        heads.release(id);
      }
    }
    shell.indicateRecv(queue.handle(), frame);
    startFrame();
  }

  private void startFrame() {
    frame.begin();
    frameBuffers = 0;
    frameBad = false;
  }
}
