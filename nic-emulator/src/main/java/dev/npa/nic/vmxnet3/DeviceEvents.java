// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import java.util.Optional;

/// How the device's parts speak to the driver: interrupts and the event word. Events that come
/// while the device is inactive wait for its activation.
final class DeviceEvents {
  private final InterruptState interrupts;
  private Optional<SharedArea> shared = Optional.empty();
  private int eventVector;
  private int waiting;

  DeviceEvents(InterruptState interrupts) {
    this.interrupts = interrupts;
  }

  void activate(SharedArea area, int vector) {
    shared = Optional.of(area);
    eventVector = vector;
    if (waiting != 0) {
      add(waiting);
      waiting = 0;
    }
  }

  void deactivate() {
    shared = Optional.empty();
  }

  void interrupt(int vector) {
    interrupts.raise(vector);
  }

  /// @param events bits `DriverShared.EVENT_*`
  void add(int events) {
    if (shared.isEmpty()) {
      waiting |= events;
      return;
    }
    shared.get().addEvents(events);
    interrupts.raise(eventVector);
  }

  /// ECR written.
  void acknowledge(int events) {
    if (shared.isPresent()) {
      shared.get().acknowledgeEvents(events);
    }
  }
}
