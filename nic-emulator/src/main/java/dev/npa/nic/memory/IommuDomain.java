// SPDX-License-Identifier: MIT
package dev.npa.nic.memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The page table through which one PCI function sees one guest's memory.
///
/// An I/O virtual address (IOVA) that is not mapped, or not mapped for the kind of access, faults:
/// the access does not happen, the fault is counted, the device carries on with its next queue.
/// Maps and translates on the device thread only.
public final class IommuDomain {
  /// Size of a page in bytes.
  public static final int PAGE_BYTES = 4096;

  /// [#translate]: the access faulted.
  public static final long FAULT = -1;

  /// Permission: the device may read.
  public static final int READ = 1;

  /// Permission: the device may write.
  public static final int WRITE = 2;

  private static final int PAGE_SHIFT = 12;
  private static final int OFFSET_MASK = PAGE_BYTES - 1;
  private static final int PERMISSIONS = READ | WRITE;
  private static final int MORE_SHIFT = 2;
  private static final int MOST_MORE = 0x3FF;

  private final MemorySegment memory;

  /// One entry per page of the IOVA space; 0: not mapped.
  ///
  /// ```
  /// 63                      12 11        2 1    0
  /// | address of guest page   |   more    | W  R |
  /// ```
  ///
  /// `more` counts the pages that follow and continue this one, in guest memory and in permissions,
  /// so that an access that crosses pages costs one look-up, too.
  private final long[] pageTable;

  private long faults;
  private long lastFaultIova;

  /// A domain that maps nothing. Its IOVA space is as large as the guest's memory.
  public IommuDomain(GuestMemory memory) {
    this.memory = memory.segment();
    this.pageTable = new long[Math.toIntExact(memory.sizeBytes() >>> PAGE_SHIFT)];
  }

  /// A domain in which every IOVA is the guest-physical address, as for an emulated device, whose
  /// DMA the hypervisor performs itself.
  public static IommuDomain identity(GuestMemory memory) {
    IommuDomain domain = new IommuDomain(memory);
    domain.map(0, 0, memory.sizeBytes(), READ | WRITE);
    return domain;
  }

  /// Maps a range; a page that is mapped already is mapped anew.
  ///
  /// @param iova first I/O virtual address, a multiple of 4096
  /// @param address first guest-physical address, a multiple of 4096
  /// @param lengthBytes `>= 1`; the last page is mapped whole
  /// @param permissions [#READ], [#WRITE] or both
  /// @throws IllegalArgumentException if an address is not a multiple of 4096, `permissions` is not
  ///   1, 2 or 3, or either range ends beyond the guest's memory
  public void map(long iova, long address, long lengthBytes, int permissions) {
    long size = memory.byteSize();
    if (((iova | address) & PAGE_BYTES - 1) != 0
        || permissions < 1
        || permissions > 3
        || lengthBytes < 1
        || iova < 0
        || address < 0
        || lengthBytes > size
        || iova > size - lengthBytes
        || address > size - lengthBytes) {
      throw new IllegalArgumentException(
          "map iova %#x to %#x, %d bytes, permissions %d, in %d bytes of memory"
              .formatted(iova, address, lengthBytes, permissions, size));
    }
    int first = (int) (iova >>> PAGE_SHIFT);
    int pages = (int) (lengthBytes + OFFSET_MASK >>> PAGE_SHIFT);
    for (int i = 0; i < pages; i++) {
      pageTable[first + i] = address + ((long) i << PAGE_SHIFT) | permissions;
    }
    countMore(first, first + pages - 1);
  }

  /// Takes every page away.
  public void unmapAll() {
    Arrays.fill(pageTable, 0);
  }

  /// Sets `more` of the pages from `first` to `last`, and of those before that go on into them.
  private void countMore(int first, int last) {
    for (int page = last; page >= 0; page--) {
      long entry = pageTable[page] & ~((long) MOST_MORE << MORE_SHIFT);
      long next = page + 1 < pageTable.length ? pageTable[page + 1] : 0;
      long more = 0;
      if (entry != 0 && continues(entry, next)) {
        more = Math.min(MOST_MORE, (next >>> MORE_SHIFT & MOST_MORE) + 1);
      }
      entry |= more << MORE_SHIFT;
      if (page < first && entry == pageTable[page]) {
        return; // As it was; so are those before.
      }
      pageTable[page] = entry;
    }
  }

  private static boolean continues(long entry, long next) {
    return (entry & -PAGE_BYTES) + PAGE_BYTES == (next & -PAGE_BYTES)
        && (entry & PERMISSIONS) == (next & PERMISSIONS);
  }

  /// Number of accesses that faulted.
  public long faults() {
    return faults;
  }

  /// Address of the latest fault; 0 before the first.
  public long lastFaultIova() {
    return lastFaultIova;
  }

  /// The guest's memory, to be indexed with what [#translate] returned.
  public MemorySegment memory() {
    return memory;
  }

  // Below: once per access.

  /// Translates one access.
  ///
  /// @param iova address from a register or descriptor; any value
  /// @param lengthBytes the range must be contiguous in guest memory; a length `< 1` faults
  /// @param permission [#READ], [#WRITE], or both if the range is read and written
  /// @return offset in [#memory], or [#FAULT]
  public long translate(long iova, int lengthBytes, int permission) {
    long page = iova >>> PAGE_SHIFT;
    if (page < pageTable.length) {
      long entry = pageTable[(int) page];
      int inPage = (int) iova & OFFSET_MASK;
      if (lengthBytes > 0
          && lengthBytes <= reach(entry) - inPage
          && (entry & permission) == permission) {
        return entry & -PAGE_BYTES | inPage;
      }
    }
    return translateLong(iova, lengthBytes, permission);
  }

  /// Bytes from the start of a page to the end of the pages that continue it.
  private static int reach(long entry) {
    return PAGE_BYTES + ((int) (entry & MOST_MORE << MORE_SHIFT) << PAGE_SHIFT - MORE_SHIFT);
  }

  /// Accesses beyond what one entry tells, and those that fault; apart, so that [#translate] is
  /// inlined.
  private long translateLong(long iova, int lengthBytes, int permission) {
    long page = iova >>> PAGE_SHIFT;
    int inPage = (int) iova & OFFSET_MASK;
    if (page >= pageTable.length || lengthBytes <= 0) {
      return fault(iova);
    }
    int last = (int) page + (int) ((long) inPage + lengthBytes - 1 >>> PAGE_SHIFT);
    if (last >= pageTable.length) {
      return fault(iova);
    }
    for (int i = (int) page; i <= last; i++) {
      if ((pageTable[i] & permission) != permission
          || i < last
              && (pageTable[i] & -PAGE_BYTES) + PAGE_BYTES != (pageTable[i + 1] & -PAGE_BYTES)) {
        return fault(iova);
      }
    }
    return pageTable[(int) page] & -PAGE_BYTES | inPage;
  }

  private long fault(long iova) {
    faults++;
    lastFaultIova = iova;
    return FAULT;
  }
}
