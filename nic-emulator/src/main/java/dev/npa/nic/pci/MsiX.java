// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

/// MSI-X: the vector table and the pending bits, as registers of a BAR (PCI Express Base
/// Specification, 7.7.2).
///
/// ```
/// table entry, 16 bytes           +0 address low, +4 address high, +8 data, +12 control: bit 0 mask
/// pending bit array at pbaOffset  bit v of word v / 32
/// ```
///
/// Thread-safe: a message may be caused on the device thread or by a guest's write to a mask
/// register.
public final class MsiX implements RegisterFile {
  private static final int ENTRY_BYTES = 16;
  private static final int CONTROL_MASKED = 1;

  private final int vectors;
  private final int pbaOffset;
  private MessageTarget target;
  private final int[] table;
  private final boolean[] pending;
  private boolean enabled;
  private boolean functionMasked;
  private long faults;
  private long messages;

  /// @param vectors number of vectors, `1 <= vectors <= 2048`
  /// @param pbaOffset where the pending bits start, a multiple of 8, after the table
  public MsiX(int vectors, int pbaOffset, MessageTarget target) {
    if (vectors < 1 || vectors > 2048 || pbaOffset % 8 != 0 || pbaOffset < vectors * ENTRY_BYTES) {
      throw new IllegalArgumentException(vectors + " vectors, pending bits at " + pbaOffset);
    }
    this.vectors = vectors;
    this.pbaOffset = pbaOffset;
    this.target = target;
    this.table = new int[vectors * ENTRY_BYTES / 4];
    this.pending = new boolean[vectors];
    for (int v = 0; v < vectors; v++) {
      table[4 * v + 3] = CONTROL_MASKED;
    }
  }

  public int vectors() {
    return vectors;
  }

  /// Sets what the Message Control word of the capability holds: bit 15 and bit 14.
  public synchronized void control(boolean enable, boolean maskFunction) {
    enabled = enable;
    functionMasked = maskFunction;
    for (int v = 0; v < vectors; v++) {
      deliverPending(v);
    }
  }

  /// Sends messages elsewhere from now on: the function was given to another guest.
  public synchronized void route(MessageTarget newTarget) {
    target = newTarget;
  }

  /// Sends vector `v`'s message, or marks it pending while it is masked.
  ///
  /// @throws IndexOutOfBoundsException if `v < 0` or `v >= vectors()`
  public synchronized void raise(int v) {
    pending[v] = true;
    deliverPending(v);
  }

  /// As [#raise], if messages still go to `assigned`. What a guest caused before its function was
  /// given to another does not reach that one.
  @SuppressWarnings("ReferenceEquality") // This very assignment, not one that equals it.
  public synchronized void raise(int v, MessageTarget assigned) {
    if (target == assigned) {
      raise(v);
    }
  }

  /// Clears vector `v`'s pending bit (82576 PBACL).
  public synchronized void clearPending(int v) {
    pending[v] = false;
  }

  /// Number of messages sent.
  public synchronized long messages() {
    return messages;
  }

  /// Number of messages whose address is no interrupt controller's.
  public synchronized long faults() {
    return faults;
  }

  private void deliverPending(int v) {
    if (!pending[v] || !enabled || functionMasked || (table[4 * v + 3] & CONTROL_MASKED) != 0) {
      return;
    }
    pending[v] = false;
    long address = Integer.toUnsignedLong(table[4 * v]) | (long) table[4 * v + 1] << 32;
    messages++;
    if (!target.message(address, table[4 * v + 2])) {
      faults++;
    }
  }

  @Override
  public Kind kind(int offset) {
    return Kind.DIRECT;
  }

  @Override
  public synchronized int read32(int offset) {
    if (offset < vectors * ENTRY_BYTES) {
      return table[offset / 4];
    }
    int word = (offset - pbaOffset) / 4;
    int bits = 0;
    if (offset >= pbaOffset && word <= (vectors - 1) / 32) {
      for (int v = 32 * word; v < Math.min(vectors, 32 * word + 32); v++) {
        bits |= pending[v] ? 1 << v : 0;
      }
    }
    return bits;
  }

  @Override
  public synchronized void write32(int offset, int value) {
    if (offset >= vectors * ENTRY_BYTES) {
      return; // The pending bits are read-only.
    }
    boolean control = offset % ENTRY_BYTES == 12;
    table[offset / 4] = control ? value & CONTROL_MASKED : value;
    if (control) {
      deliverPending(offset / ENTRY_BYTES);
    }
  }
}
