// SPDX-License-Identifier: MIT
package dev.npa.shell.guest;

import dev.npa.nic.pci.MessageTarget;
import java.util.concurrent.atomic.AtomicLongArray;

/// The interrupt controller of one guest: takes MSI-X messages, wakes the vCPU.
///
/// A message is a write of a vector number (bits 7:0) to `0xFEE00000` to `0xFEEFFFFF`, as on x86.
/// There are no handlers: a vector becomes pending, and the shell asks for it with [#take] when its
/// turn comes. Thread-safe.
public final class InterruptController implements MessageTarget {
  /// Where messages go.
  public static final long BASE_ADDRESS = 0xFEE0_0000L;

  private static final long WINDOW_BYTES = 0x10_0000;
  private static final int FIRST_VECTOR = 32; // Those below are the CPU's exceptions.
  private static final int VECTORS = 256;

  private final AtomicLongArray pending = new AtomicLongArray(VECTORS / Long.SIZE);
  private volatile Runnable wake = () -> {};
  private int nextVector = FIRST_VECTOR;

  /// Wakes nobody yet: see [#onMessage].
  public InterruptController() {}

  /// Names whom to wake when a vector becomes pending, for instance [Vcpu#wake].
  public void onMessage(Runnable newWake) {
    wake = newWake;
  }

  /// Gives out a vector.
  ///
  /// @throws IllegalStateException if all are given out
  public synchronized int allocateVector() {
    if (nextVector == VECTORS) {
      throw new IllegalStateException("all " + (VECTORS - FIRST_VECTOR) + " vectors are in use");
    }
    return nextVector++;
  }

  @Override
  public boolean message(long address, int data) {
    if (address < BASE_ADDRESS || address >= BASE_ADDRESS + WINDOW_BYTES) {
      return false;
    }
    int vector = data & VECTORS - 1;
    pending.getAndAccumulate(vector >> 6, 1L << vector, (bits, bit) -> bits | bit);
    wake.run();
    return true;
  }

  /// Wakes the vCPU without a vector: another thread of the guest has something for it.
  public void wakeVcpu() {
    wake.run();
  }

  /// Clears a vector's pending bit.
  ///
  /// @return whether it was set
  public boolean take(int vector) {
    long bit = 1L << vector;
    // Looked at first: this runs once per poll, and an atomic update costs more than a load.
    return (pending.get(vector >> 6) & bit) != 0
        && (pending.getAndAccumulate(vector >> 6, ~bit, (bits, mask) -> bits & mask) & bit) != 0;
  }
}
