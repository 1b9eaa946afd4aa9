// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.MacAddress;
import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.vmxnet3.Vmxnet3Control;

/// The built-in path and how to start it again after the device was stopped or reset.
final class EmulatedPath {
  private final Vmxnet3Control device;
  private final PacketPath path;
  private final Vmxnet3Control.Grant txBuffers;
  private MacAddress mac;

  EmulatedPath(Vmxnet3Control device, PacketPath path, Vmxnet3Control.Grant txBuffers) {
    this.device = device;
    this.path = path;
    this.txBuffers = txBuffers;
    this.mac = device.mac();
  }

  PacketPath path() {
    return path;
  }

  /// Where frames to send lie; a virtual function must be able to read them.
  Vmxnet3Control.Grant txBuffers() {
    return txBuffers;
  }

  MacAddress mac() {
    return mac;
  }

  /// @return whether the device has the address now
  boolean setMac(MacAddress newMac) {
    boolean accepted = device.setMac(newMac);
    if (accepted) {
      mac = newMac;
    }
    return accepted;
  }

  /// Fills the rings and activates the device. No buffer may be bound, no frame in flight.
  ///
  /// @throws IllegalStateException if the device does not accept
  void start() {
    if (!path.reset()) {
      throw new IllegalStateException("the built-in plugin failed: " + path.fault().what());
    }
    if (!device.activate()) {
      throw new IllegalStateException("the device refuses activation");
    }
    // A reset forgets what the guest had set.
    if (!device.mac().equals(mac)) {
      device.setMac(mac);
    }
    device.repeatFilters();
    device.unmaskEvents();
    path.enableInterrupt(Vmxnet3Control.QUEUE_VECTOR);
  }
}
