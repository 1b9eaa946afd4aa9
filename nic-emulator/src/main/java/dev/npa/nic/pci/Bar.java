// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.npa.nic.DeviceThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// One mapping of a device's registers into a guest's address space.
///
/// An access that is not aligned, or outside, does not reach the device, as on a bus: it reads as
/// all ones or writes nothing, and is counted. The same holds for every access after [#disconnect],
/// by which the hypervisor takes the mapping away.
public final class Bar {
  private static final VarHandle REGISTER =
      ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();

  private final MemorySegment memory;
  private final RegisterFile registers;
  private final DeviceThread thread;
  private final RegisterFile.Kind[] kinds;
  private final long[] doorbells;
  private volatile boolean connected = true;
  private volatile long rejectedAccesses;

  /// @param sizeBytes a power of two, `>= 256`
  public Bar(int sizeBytes, RegisterFile registers, DeviceThread thread) {
    if (sizeBytes < 256 || Integer.bitCount(sizeBytes) != 1) {
      throw new IllegalArgumentException("BAR of " + sizeBytes + " bytes");
    }
    this.memory = Arena.ofAuto().allocate(sizeBytes, 4096);
    this.registers = registers;
    this.thread = thread;
    this.kinds = new RegisterFile.Kind[sizeBytes / 4];
    this.doorbells = new long[sizeBytes / 256];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = registers.kind(4 * i);
      if (kinds[i] == RegisterFile.Kind.DOORBELL) {
        doorbells[i >> 6] |= 1L << i;
      }
    }
  }

  /// A BAR with nothing behind it: reads as all ones, takes no write.
  public static Bar unmapped(int sizeBytes, DeviceThread thread) {
    Bar bar = new Bar(sizeBytes, new NoRegisters(), thread);
    bar.disconnect();
    return bar;
  }

  public int sizeBytes() {
    return (int) memory.byteSize();
  }

  /// Reads a register.
  public int read32(int offset) {
    if (unreachable(offset)) {
      return -1;
    }
    return switch (kinds[offset >> 2]) {
      case DOORBELL -> (int) REGISTER.getAcquire(memory, (long) offset);
      case DIRECT -> registers.read32(offset);
      case SERIALIZED -> thread.runsCaller() ? readNow(offset) : thread.call(() -> readNow(offset));
    };
  }

  private int readNow(int offset) {
    return connected ? registers.read32(offset) : -1;
  }

  /// Writes a register.
  public void write32(int offset, int value) {
    if (unreachable(offset)) {
      return;
    }
    switch (kinds[offset >> 2]) {
      case DOORBELL -> {
        REGISTER.setRelease(memory, (long) offset, value);
        thread.ring();
      }
      case DIRECT -> registers.write32(offset, value);
      case SERIALIZED ->
          thread.run(
              () -> {
                if (connected) {
                  registers.write32(offset, value);
                }
              });
    }
  }

  /// Device side: the doorbell at `offset` as last written; what the guest stored before it is
  /// visible after this call.
  public int doorbell(int offset) {
    return (int) REGISTER.getAcquire(memory, (long) offset);
  }

  /// Device side: sets a doorbell register's memory, for instance to 0 on reset.
  public void setDoorbell(int offset, int value) {
    REGISTER.setRelease(memory, (long) offset, value);
  }

  /// The registers as memory. Only doorbells may be stored to directly; call [#ring] afterwards.
  public MemorySegment memory() {
    return memory;
  }

  /// One bit per register, set for doorbells: bit `i` of word `j` for offset `4 * (64 * j + i)`.
  public long[] doorbells() {
    return doorbells.clone();
  }

  /// Tells the device that a doorbell was stored directly.
  public void ring() {
    thread.ring();
  }

  /// Takes the mapping away for good. Stores to [#memory] still succeed and reach nobody.
  public void disconnect() {
    connected = false;
  }

  public boolean isConnected() {
    return connected;
  }

  /// Number of accesses that did not reach the device.
  public long rejectedAccesses() {
    return rejectedAccesses;
  }

  private boolean unreachable(int offset) {
    if (connected && (offset & 3) == 0 && offset >= 0 && offset <= memory.byteSize() - 4) {
      return false;
    }
    countRejected();
    return true;
  }

  private synchronized void countRejected() {
    rejectedAccesses = rejectedAccesses + 1;
  }

  private static final class NoRegisters implements RegisterFile {
    @Override
    public Kind kind(int offset) {
      return Kind.DIRECT;
    }

    @Override
    public int read32(int offset) {
      return -1;
    }

    @Override
    public void write32(int offset, int value) {
      // Nothing is there.
    }
  }
}
