// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// A piece of guest memory that the device may access too: a ring, a status block.
///
/// Plugin and device share it without locks. Plain accesses are unordered; use `readAcquire*` on
/// the word by which the device hands something over (an ownership bit, an index), and
/// `writeRelease*` on the word by which the plugin does. All values are little-endian. Offsets are
/// in bytes from the region's start and must be multiples of the access size.
///
/// Every method throws `IndexOutOfBoundsException` if `offset < 0` or `offset > sizeBytes() - size`
/// and `IllegalArgumentException` if `offset` is not a multiple of `size`, where `size` is 4 for
/// the `32` methods and 8 for the `64` methods.
public final class DmaRegion {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN);
  private static final VarHandle INT_HANDLE = INT.varHandle();
  private static final VarHandle LONG_HANDLE = LONG.varHandle();

  private final MemorySegment memory;
  private final long iova;

  /// Largest region in bytes.
  public static final int MAX_BYTES = 1 << 20;

  /// @param memory the region as the CPU sees it
  /// @param iova the region as the device sees it
  /// @throws IllegalArgumentException if `memory.byteSize() > MAX_BYTES`
  @ShellOnly
  public DmaRegion(MemorySegment memory, long iova) {
    if (memory.byteSize() > MAX_BYTES) {
      throw new IllegalArgumentException("a region of " + memory.byteSize() + " bytes");
    }
    this.memory = memory;
    this.iova = iova;
  }

  /// I/O virtual address of the region's first byte, a multiple of 4096: what goes into the
  /// device's base address registers and descriptors.
  @Cost(5)
  public long iova() {
    return iova;
  }

  /// Size of the region in bytes.
  @Cost(5)
  @Range(min = 0, max = MAX_BYTES)
  public int sizeBytes() {
    return (int) memory.byteSize();
  }

  @Cost(15)
  public int read32(int offset) {
    return memory.get(INT, offset);
  }

  @Cost(15)
  public long read64(int offset) {
    return memory.get(LONG, offset);
  }

  @Cost(15)
  public void write32(int offset, int value) {
    memory.set(INT, offset, value);
  }

  @Cost(15)
  public void write64(int offset, long value) {
    memory.set(LONG, offset, value);
  }

  /// As [#read32]; reads that follow in program order happen after it.
  @Cost(20)
  public int readAcquire32(int offset) {
    return (int) INT_HANDLE.getAcquire(memory, (long) offset);
  }

  /// As [#read64]; reads that follow in program order happen after it.
  @Cost(20)
  public long readAcquire64(int offset) {
    return (long) LONG_HANDLE.getAcquire(memory, (long) offset);
  }

  /// As [#write32]; accesses that precede in program order happen before it.
  @Cost(20)
  public void writeRelease32(int offset, int value) {
    INT_HANDLE.setRelease(memory, (long) offset, value);
  }

  /// As [#write64]; accesses that precede in program order happen before it.
  @Cost(20)
  public void writeRelease64(int offset, long value) {
    LONG_HANDLE.setRelease(memory, (long) offset, value);
  }
}
