// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.ShellApi;
import dev.npa.shell.datapath.BufferPool;
import dev.npa.shell.datapath.DataPaths;
import dev.npa.shell.datapath.RegisterWindow;
import dev.npa.shell.datapath.RxLedger;
import dev.npa.shell.datapath.Traffic;
import dev.npa.shell.guest.GuestPages;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The guest memory of one queue pair: rings, shared page, receive buffers.
///
/// The emulated device and virtual functions have one each: during a switch both rings hold
/// buffers, and a function is granted no buffer of the other.
final class QueueMemory {
  /// Longest burst of frames that a ledger holds.
  private static final int MAX_BURST = 256;

  private static final int RING_BYTES_PER_SLOT = 64;
  private static final int RING_EXTRA_BYTES = 8192;

  private final MemorySegment memory;
  private final ShellConfig config;
  private final long txRing;
  private final long rxRing;
  private final long sharedPage;
  private final BufferPool small;
  private final BufferPool large;
  private final RxLedger rxLedger;
  private final Traffic traffic = new Traffic();

  QueueMemory(MemorySegment memory, GuestPages pages, ShellConfig config) {
    this.memory = memory;
    this.config = config;
    this.txRing = pages.allocate(ringBytes(config.txRingSize()));
    this.rxRing = pages.allocate(ringBytes(config.rxRingSize()));
    this.sharedPage = pages.allocate(GuestPages.PAGE_BYTES);
    this.small = pool(pages, config.rxRingSize() + NapiPoll.budget(), ShellApi.SMALL_BUFFER_BYTES);
    this.large = pool(pages, config.largeBuffers(), ShellApi.LARGE_BUFFER_BYTES);
    this.rxLedger =
        new RxLedger(
            memory,
            small,
            large,
            config.rxRingSize(),
            pages.allocate(config.maxFrameBytes()),
            config.maxFrameBytes(),
            MAX_BURST,
            traffic);
  }

  private static long ringBytes(int size) {
    return (long) RING_BYTES_PER_SLOT * size + RING_EXTRA_BYTES;
  }

  private static BufferPool pool(GuestPages pages, int buffers, int bufferBytes) {
    long base = pages.allocate(BufferPool.sizeBytes(buffers, bufferBytes));
    return new BufferPool(base, buffers, bufferBytes);
  }

  RxLedger rxLedger() {
    return rxLedger;
  }

  Traffic traffic() {
    return traffic;
  }

  Vmxnet3Control.Rings rings() {
    return new Vmxnet3Control.Rings(txRing, config.txRingSize(), rxRing, config.rxRingSize());
  }

  DataPaths.QueuePair queuePair(RegisterWindow registers) {
    return new DataPaths.QueuePair(
        registers,
        region(rxRing, ringBytes(config.rxRingSize())),
        config.rxRingSize(),
        region(txRing, ringBytes(config.txRingSize())),
        config.txRingSize(),
        region(sharedPage, GuestPages.PAGE_BYTES));
  }

  /// What a virtual function on this memory must be able to reach.
  List<Vmxnet3Control.Grant> grants() {
    List<Vmxnet3Control.Grant> grants = new ArrayList<>();
    grants.add(grant(txRing, ringBytes(config.txRingSize())));
    grants.add(grant(rxRing, ringBytes(config.rxRingSize())));
    grants.add(grant(sharedPage, GuestPages.PAGE_BYTES));
    grants.add(grant(small.base(), small.sizeBytes()));
    grants.add(grant(large.base(), large.sizeBytes()));
    return grants;
  }

  private static Vmxnet3Control.Grant grant(long address, long lengthBytes) {
    return new Vmxnet3Control.Grant(address, GuestPages.pages(lengthBytes));
  }

  private DmaRegion region(long address, long lengthBytes) {
    return new DmaRegion(memory.asSlice(address, lengthBytes), address);
  }
}
