// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.pci.MsiX;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Per vector: masked (the IMR register) and pending.
///
/// The device raises on its thread, the driver masks and unmasks on its own; each change of a
/// vector is one atomic step, so that a cause raised while the driver unmasks is never lost.
///
/// `intrCtrl` in shared memory disables all vectors without a trap. A cause held back by it is
/// delivered when the driver next unmasks the vector or the device next polls.
final class InterruptState {
  private static final int MASKED = 1;
  private static final int PENDING = 2;

  private final MsiX msiX;
  private final AtomicIntegerArray vectors = new AtomicIntegerArray(Vmxnet3Registers.VECTORS);
  private final AtomicBoolean intxCause = new AtomicBoolean();
  private volatile boolean msiXEnabled;
  private volatile boolean autoMask;
  private volatile Optional<SharedArea> shared = Optional.empty();
  private volatile boolean heldBack;

  InterruptState(MsiX msiX) {
    this.msiX = msiX;
    reset();
  }

  /// All vectors masked, nothing pending.
  void reset() {
    for (int v = 0; v < vectors.length(); v++) {
      vectors.set(v, MASKED);
    }
    intxCause.set(false);
    heldBack = false;
  }

  void activate(SharedArea area, boolean maskOnFire) {
    autoMask = maskOnFire;
    shared = Optional.of(area);
  }

  void deactivate() {
    shared = Optional.empty();
    heldBack = false;
  }

  /// What the MSI-X capability says. While it is off, causes go to the ICR register.
  void enableMsiX(boolean enabled) {
    msiXEnabled = enabled;
  }

  /// Device side: vector `v` has a cause.
  void raise(int v) {
    if (allDisabled()) {
      vectors.accumulateAndGet(v, PENDING, (a, b) -> a | b);
      heldBack = true;
      return;
    }
    int onFire = autoMask ? MASKED : 0;
    while (true) {
      int state = vectors.get(v);
      if ((state & MASKED) == 0) {
        if (vectors.compareAndSet(v, state, onFire)) {
          fire(v);
          return;
        }
      } else if ((state & PENDING) != 0 || vectors.compareAndSet(v, state, state | PENDING)) {
        return;
      }
    }
  }

  /// Driver side: IMR written.
  void mask(int v, boolean masked) {
    if (masked) {
      vectors.accumulateAndGet(v, MASKED, (a, b) -> a | b);
    } else {
      vectors.accumulateAndGet(v, ~MASKED, (a, b) -> a & b);
      deliver(v);
    }
  }

  boolean isMasked(int v) {
    return (vectors.get(v) & MASKED) != 0;
  }

  /// Device side: delivers what `intrCtrl` held back, if it does no more.
  void poll() {
    if (heldBack && !allDisabled()) {
      heldBack = false;
      for (int v = 0; v < vectors.length(); v++) {
        deliver(v);
      }
    }
  }

  /// ICR read: whether there was a cause since the last read. There is no INTx line: a driver that
  /// does without MSI-X polls this register.
  boolean takeIntxCause() {
    return intxCause.getAndSet(false);
  }

  private void deliver(int v) {
    while (vectors.get(v) == PENDING && !allDisabled()) {
      if (vectors.compareAndSet(v, PENDING, autoMask ? MASKED : 0)) {
        fire(v);
        return;
      }
    }
  }

  private boolean allDisabled() {
    Optional<SharedArea> area = shared;
    return area.isPresent() && area.get().interruptsDisabled();
  }

  private void fire(int v) {
    if (msiXEnabled) {
      msiX.raise(v);
    } else {
      intxCause.set(true);
    }
  }
}
