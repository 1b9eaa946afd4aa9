// SPDX-License-Identifier: MIT
package dev.npa.nic.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The physical memory of one virtual machine: addresses `0` to `sizeBytes() - 1`.
///
/// One off-heap segment, zeroed, freed when nothing refers to it any more.
public final class GuestMemory {
  private final MemorySegment segment;

  private GuestMemory(MemorySegment segment) {
    this.segment = segment;
  }

  /// @param sizeBytes a multiple of 4096, `4096 <= sizeBytes <= 2^40`
  public static GuestMemory allocate(long sizeBytes) {
    if (sizeBytes < 4096 || sizeBytes > 1L << 40 || sizeBytes % 4096 != 0) {
      throw new IllegalArgumentException("guest memory of " + sizeBytes + " bytes");
    }
    return new GuestMemory(Arena.ofAuto().allocate(sizeBytes, 4096));
  }

  /// Guest memory that somebody else made, for instance a file shared with another emulator.
  ///
  /// @param segment native, writable memory, page-aligned, its size as for [#allocate]
  public static GuestMemory of(MemorySegment segment) {
    long sizeBytes = segment.byteSize();
    if (!segment.isNative()
        || segment.isReadOnly()
        || segment.address() % 4096 != 0
        || sizeBytes < 4096
        || sizeBytes % 4096 != 0) {
      throw new IllegalArgumentException("guest memory in " + segment);
    }
    return new GuestMemory(segment);
  }

  /// The memory as the CPU sees it; offset = guest-physical address.
  public MemorySegment segment() {
    return segment;
  }

  public long sizeBytes() {
    return segment.byteSize();
  }
}
