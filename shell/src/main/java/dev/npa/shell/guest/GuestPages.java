// SPDX-License-Identifier: MIT
package dev.npa.shell.guest;

import dev.npa.nic.memory.GuestMemory;

/// Hands out guest-physical memory, once and for all: a driver allocates at boot and reuses.
///
/// The first MiB is never given out: on a PC the video memory and the firmware lie in it, and the
/// plugin contract uses address 0 for "no buffer".
public final class GuestPages {
  /// Size of a page in bytes.
  public static final int PAGE_BYTES = 4096;

  private static final long FIRST_ADDRESS = 1 << 20;

  private final long sizeBytes;
  private long next = FIRST_ADDRESS;

  public GuestPages(GuestMemory memory) {
    this.sizeBytes = memory.sizeBytes();
  }

  /// @param lengthBytes rounded up to whole pages
  /// @return address of the first byte, a multiple of 4096; the memory is zero
  /// @throws IllegalArgumentException if the guest has not that much left
  public synchronized long allocate(long lengthBytes) {
    long rounded = pages(lengthBytes);
    if (lengthBytes < 1 || rounded > sizeBytes - next) {
      throw new IllegalArgumentException(
          "guest memory: %d bytes wanted, %d left of %d"
              .formatted(lengthBytes, sizeBytes - next, sizeBytes));
    }
    long address = next;
    next += rounded;
    return address;
  }

  /// A length in whole pages, in bytes.
  public static long pages(long lengthBytes) {
    return (lengthBytes + PAGE_BYTES - 1) & -PAGE_BYTES;
  }
}
