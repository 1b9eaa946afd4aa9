// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.SgList;

/// A transmit ring and its completion ring.
///
/// ```
/// TxDesc      +0 address u64 | +8 length 13:0, gen 14 | +12 eop 12, cq 13
/// TxCompDesc  +0 index of the eop descriptor 11:0     | +12 gen 31
/// ```
///
/// The device takes descriptors whose generation bit is that of its current lap. A slot still holds
/// the bit of the lap before, so a frame stays invisible as long as the `length|gen` word of its
/// first descriptor is not written. Here that word is held back for the first frame of a *batch*
/// (the frames up to the next `lastPktHint`): one release store publishes the whole batch, and
/// until then its last descriptor can still be changed to request a completion.
final class Vmxnet3TxRing {
  private static final int GEN = 1 << 14;
  private static final int LENGTH_MASK = (1 << 14) - 1;
  private static final int EOP = 1 << 12;
  private static final int COMPLETION = 1 << 13;
  private static final int COMP_INDEX_MASK = 0xFFF;
  private static final int COMP_GEN = 1 << 31;
  private static final int MAX_FRAME_BYTES = 16384;
  private static final int TXPROD = 0x600;
  private static final int NO_BATCH = -1;

  private final DmaRegion memory;
  private final int size;
  private final int mask;
  private final int compRing;

  /// Number of frames queued up to and including the one that ends at a descriptor.
  private final int[] framesAtEop;

  private int fill; // next descriptor to write
  private int gen;
  private int reaped; // oldest descriptor not completed
  private int compNext;
  private int compGen;
  private int framesQueued;
  private int framesDone;
  private int batchSop;
  private int batchSopWord; // what publishes the batch
  private int lastEop;
  private int sinceCompletion; // descriptors since a completion was last requested

  Vmxnet3TxRing(DmaRegion memory, int size) {
    this.memory = memory;
    this.size = size;
    this.mask = size - 1;
    this.compRing = Vmxnet3RingLayout.TX_COMP_PER_SLOT * size;
    this.framesAtEop = new int[size];
  }

  void reset() {
    int bytes = 2 * Vmxnet3RingLayout.DESCRIPTOR_BYTES * size;
    for (int at = 0; at < bytes; at += 8) {
      memory.write64(at, 0);
    }
    fill = 0;
    gen = GEN;
    reaped = 0;
    compNext = 0;
    compGen = COMP_GEN;
    framesQueued = 0;
    framesDone = 0;
    batchSop = NO_BATCH;
    lastEop = 0;
    sinceCompletion = 0;
  }

  int add(MmioRegion mmio, SgList sgl, boolean plain, boolean lastPktHint) {
    int answer = NpaPlugin.QUEUED;
    int elements = sgl.numElements();
    if (!plain || sgl.totalLength() > MAX_FRAME_BYTES) {
      answer = NpaPlugin.UNSUPPORTED;
    } else if (size - 1 - ((fill - reaped) & mask) < elements) {
      answer = NpaPlugin.NO_SPACE;
    } else {
      write(sgl, elements);
    }
    if (lastPktHint) {
      publish(mmio);
    }
    return answer;
  }

  private void write(SgList sgl, int elements) {
    for (int i = 0; i < elements; i++) {
      int at = fill * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      int word = (sgl.length(i) & LENGTH_MASK) | gen; // 16384 is written as 0
      memory.write64(at, sgl.iova(i));
      memory.write32(at + 12, 0);
      if (i == 0 && batchSop == NO_BATCH) {
        batchSop = fill;
        batchSopWord = word;
      } else {
        memory.write32(at + 8, word);
      }
      lastEop = fill;
      fill = (fill + 1) & mask;
      if (fill == 0) {
        gen ^= GEN;
      }
    }
    framesQueued++;
    framesAtEop[lastEop] = framesQueued;
    sinceCompletion += elements;
    int word = EOP;
    if (sinceCompletion >= size >> 2) {
      word |= COMPLETION;
      sinceCompletion = 0;
    }
    memory.write32(lastEop * Vmxnet3RingLayout.DESCRIPTOR_BYTES + 12, word);
  }

  private void publish(MmioRegion mmio) {
    if (batchSop == NO_BATCH) {
      return;
    }
    memory.write32(lastEop * Vmxnet3RingLayout.DESCRIPTOR_BYTES + 12, EOP | COMPLETION);
    sinceCompletion = 0;
    // Release: the batch's other words are in memory before its first generation bit.
    memory.writeRelease32(batchSop * Vmxnet3RingLayout.DESCRIPTOR_BYTES + 8, batchSopWord);
    batchSop = NO_BATCH;
    mmio.write32(TXPROD, fill);
  }

  /// Number of frames completed since the last call.
  int reap() {
    int done = framesDone;
    for (int i = 0; i < size; i++) {
      int at = compRing + compNext * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      // Acquire: the index is read after the generation bit says that it is there.
      if ((memory.readAcquire32(at + 12) & COMP_GEN) != compGen) {
        break;
      }
      int eop = memory.read32(at) & COMP_INDEX_MASK & mask;
      done = framesAtEop[eop];
      reaped = (eop + 1) & mask;
      compNext = (compNext + 1) & mask;
      if (compNext == 0) {
        compGen ^= COMP_GEN;
      }
    }
    int frames = done - framesDone;
    framesDone = done;
    return frames;
  }
}
