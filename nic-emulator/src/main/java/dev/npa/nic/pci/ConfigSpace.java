// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/// A function's configuration space: 4096 bytes, each bit read-only or read-write.
///
/// Sizing a BAR needs no special case: the device makes just the address bits of the BAR register
/// writable, so that all ones written read back as the size mask. Accesses are little-endian; one
/// that is not aligned or outside reads as all ones or writes nothing.
public final class ConfigSpace {
  public static final int SIZE_BYTES = 4096;

  /// Vendor id, 16 bits.
  public static final int VENDOR_ID = 0x00;

  /// Device id, 16 bits.
  public static final int DEVICE_ID = 0x02;

  /// Command, 16 bits.
  public static final int COMMAND = 0x04;

  /// [#COMMAND]: the function answers on its memory BARs.
  public static final int COMMAND_MEMORY = 1 << 1;

  /// [#COMMAND]: the function may perform DMA.
  public static final int COMMAND_BUS_MASTER = 1 << 2;

  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final byte[] writable = new byte[SIZE_BYTES];
  private IntConsumer afterWrite = offset -> {};

  /// All zero and read-only.
  public ConfigSpace() {}

  /// Device side: sets a value whatever is writable.
  public synchronized void set(int offset, int sizeBytes, int value) {
    for (int i = 0; i < sizeBytes; i++) {
      bytes.put(offset + i, (byte) (value >>> 8 * i));
    }
  }

  /// Device side: sets which bits software may write.
  public synchronized void setWritable(int offset, int sizeBytes, int mask) {
    for (int i = 0; i < sizeBytes; i++) {
      writable[offset + i] = (byte) (mask >>> 8 * i);
    }
  }

  /// Device side: what to do after software wrote; gets the offset of the write.
  public void afterWrite(IntConsumer action) {
    afterWrite = action;
  }

  /// @param sizeBytes 1, 2 or 4
  public synchronized int read(int offset, int sizeBytes) {
    if (invalid(offset, sizeBytes)) {
      return sizeBytes == 4 ? -1 : (1 << 8 * sizeBytes) - 1;
    }
    int value = 0;
    for (int i = 0; i < sizeBytes; i++) {
      value |= (bytes.get(offset + i) & 0xFF) << 8 * i;
    }
    return value;
  }

  /// @param sizeBytes 1, 2 or 4
  public void write(int offset, int sizeBytes, int value) {
    synchronized (this) {
      if (invalid(offset, sizeBytes)) {
        return;
      }
      for (int i = 0; i < sizeBytes; i++) {
        int mask = writable[offset + i];
        int old = bytes.get(offset + i);
        bytes.put(offset + i, (byte) (old & ~mask | value >>> 8 * i & mask));
      }
    }
    afterWrite.accept(offset);
  }

  /// Whether the function may perform DMA.
  public boolean busMaster() {
    return (read(COMMAND, 2) & COMMAND_BUS_MASTER) != 0;
  }

  private static boolean invalid(int offset, int sizeBytes) {
    boolean size = sizeBytes == 1 || sizeBytes == 2 || sizeBytes == 4;
    return !size || offset < 0 || offset > SIZE_BYTES - sizeBytes || offset % sizeBytes != 0;
  }
}
