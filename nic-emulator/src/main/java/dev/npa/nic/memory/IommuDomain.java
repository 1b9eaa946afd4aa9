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

  private final MemorySegment memory;
  private final long[] pageTable; // IOVA page -> guest page address | permissions; 0: not mapped
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
    long pages = lengthBytes + PAGE_BYTES - 1 >>> PAGE_SHIFT;
    for (int i = 0; i < pages; i++) {
      pageTable[(int) (iova >>> PAGE_SHIFT) + i] = address + ((long) i << PAGE_SHIFT) | permissions;
    }
  }

  /// Takes every page away.
  public void unmapAll() {
    Arrays.fill(pageTable, 0);
  }

  /// Translates one access.
  ///
  /// @param iova address from a register or descriptor; any value
  /// @param lengthBytes the range must be contiguous in guest memory; a length `< 1` faults
  /// @param permission [#READ] or [#WRITE]
  /// @return offset in [#memory], or [#FAULT]
  public long translate(long iova, int lengthBytes, int permission) {
    long page = iova >>> PAGE_SHIFT;
    int inPage = (int) iova & PAGE_BYTES - 1;
    if (page < pageTable.length && lengthBytes > 0 && lengthBytes <= PAGE_BYTES - inPage) {
      long entry = pageTable[(int) page];
      if ((entry & permission) != 0) {
        return entry & -PAGE_BYTES | inPage;
      }
    }
    return translateRest(iova, lengthBytes, permission);
  }

  /// Accesses beyond one page, and those that fault; apart, so that [#translate] is inlined.
  private long translateRest(long iova, int lengthBytes, int permission) {
    long page = iova >>> PAGE_SHIFT;
    int inPage = (int) iova & PAGE_BYTES - 1;
    if (page < pageTable.length && lengthBytes > 0) {
      long entry = pageTable[(int) page];
      if ((entry & permission) != 0
          && contiguous((int) page, entry, inPage, lengthBytes, permission)) {
        return entry & -PAGE_BYTES | inPage;
      }
    }
    return fault(iova);
  }

  private boolean contiguous(int page, long first, int inPage, int lengthBytes, int permission) {
    int more = (int) (((long) inPage + lengthBytes - 1) >>> PAGE_SHIFT);
    for (int i = 1; i <= more; i++) {
      if (page + i >= pageTable.length) {
        return false;
      }
      long entry = pageTable[page + i];
      if ((entry & permission) == 0
          || (entry & -PAGE_BYTES) != (first & -PAGE_BYTES) + ((long) i << PAGE_SHIFT)) {
        return false;
      }
    }
    return true;
  }

  private long fault(long iova) {
    faults++;
    lastFaultIova = iova;
    return FAULT;
  }

  /// The guest's memory, to be indexed with what [#translate] returned.
  public MemorySegment memory() {
    return memory;
  }

  /// Number of accesses that faulted.
  public long faults() {
    return faults;
  }

  /// Address of the latest fault; 0 before the first.
  public long lastFaultIova() {
    return lastFaultIova;
  }
}
