// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.npa.plugin.host.RegisterTrap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The registers of a virtual function: 32-bit writes, nothing else.
///
/// There is no read. The plugins that NPA had never read a register: what a data path needs to know
/// the device writes to memory, and a read stalls until the device answers. Writes reach the device
/// in program order, after all earlier stores to DMA memory.
///
/// After the hypervisor has taken the function back the writes go nowhere.
public final class MmioRegion {
  /// Largest register BAR in bytes.
  public static final int MAX_BYTES = 1 << 24;

  private static final VarHandle REGISTER =
      ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();

  private final MemorySegment registers;
  private final long[] doorbells;
  private final RegisterTrap trap;

  /// @param registers the BAR as memory
  /// @param doorbells one bit per 32-bit register, set where a plain store is all it takes; bit `i`
  ///   of word `j` stands for offset `4 * (64 * j + i)`
  /// @param trap receives all other writes
  /// @throws IllegalArgumentException if `registers.byteSize() > MAX_BYTES`, or there are too few
  ///   doorbell words
  @ShellOnly
  @SuppressWarnings("exports") // the shell alone sees RegisterTrap
  public MmioRegion(MemorySegment registers, long[] doorbells, RegisterTrap trap) {
    if (registers.byteSize() > MAX_BYTES) {
      throw new IllegalArgumentException("registers of " + registers.byteSize() + " bytes");
    }
    if (doorbells.length * 256L < registers.byteSize()) {
      throw new IllegalArgumentException(
          doorbells.length + " doorbell words for " + registers.byteSize() + " bytes");
    }
    this.registers = registers;
    this.doorbells = doorbells.clone();
    this.trap = trap;
  }

  /// Size of the region in bytes.
  @Cost(5)
  @Range(min = 0, max = MAX_BYTES)
  public int sizeBytes() {
    return (int) registers.byteSize();
  }

  /// Writes a register.
  ///
  /// @param offset byte offset, a multiple of 4
  /// @throws IndexOutOfBoundsException if `offset < 0` or `offset > sizeBytes() - 4`
  /// @throws IllegalArgumentException if `offset` is not a multiple of 4
  @Cost(2000)
  public void write32(int offset, int value) {
    if ((offset & 3) != 0) {
      throw new IllegalArgumentException("register offset not a multiple of 4");
    }
    if (offset < 0 || offset > registers.byteSize() - 4) {
      throw new IndexOutOfBoundsException("register offset outside the BAR");
    }
    if ((doorbells[offset >> 8] >>> (offset >> 2) & 1) != 0) {
      // Release: descriptors written before the doorbell are visible to whoever reads it.
      REGISTER.setRelease(registers, (long) offset, value);
      trap.doorbellRung();
    } else {
      trap.write32(offset, value);
    }
  }
}
