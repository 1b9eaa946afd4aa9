// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.RegisterFile;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;

/// BAR 1: control. Every access is a transaction on the device thread.
final class VirtualDeviceRegisters implements RegisterFile {
  private final Commands commands;
  private final Lifecycle lifecycle;
  private final FilterControl filters;
  private final DeviceEvents events;
  private final InterruptState interrupts;
  private MacAddress mac;
  private int sharedLow;
  private int sharedHigh;
  private int macLow;
  private int result;

  VirtualDeviceRegisters(
      Commands commands,
      Lifecycle lifecycle,
      FilterControl filters,
      DeviceEvents events,
      InterruptState interrupts,
      MacAddress mac) {
    this.commands = commands;
    this.lifecycle = lifecycle;
    this.filters = filters;
    this.events = events;
    this.interrupts = interrupts;
    this.mac = mac;
  }

  MacAddress mac() {
    return mac;
  }

  @Override
  public Kind kind(int offset) {
    return Kind.SERIALIZED;
  }

  @Override
  public int read32(int offset) {
    return switch (offset) {
      case Vmxnet3Registers.VRRS, Vmxnet3Registers.UVRS -> Commands.VERSION_1;
      case Vmxnet3Registers.DSAL -> sharedLow;
      case Vmxnet3Registers.DSAH -> sharedHigh;
      case Vmxnet3Registers.CMD -> result;
      case Vmxnet3Registers.MACL -> mac.low();
      case Vmxnet3Registers.MACH -> mac.high();
      case Vmxnet3Registers.ICR -> interrupts.takeIntxCause() ? 1 : 0;
      default -> 0; // ECR: events are read from memory.
    };
  }

  @Override
  public void write32(int offset, int value) {
    switch (offset) {
      case Vmxnet3Registers.VRRS -> commands.revision(value);
      case Vmxnet3Registers.UVRS -> commands.uptVersion(value);
      case Vmxnet3Registers.DSAL -> writeSharedLow(value);
      case Vmxnet3Registers.DSAH -> {
        sharedHigh = value;
        commands.sharedAddress((long) value << 32 | Integer.toUnsignedLong(sharedLow));
      }
      case Vmxnet3Registers.CMD -> result = commands.execute(value);
      case Vmxnet3Registers.MACL -> macLow = value;
      case Vmxnet3Registers.MACH -> writeMac(MacAddress.ofRegisters(macLow, value));
      case Vmxnet3Registers.ECR -> events.acknowledge(value);
      default -> {
        // Read-only or not there.
      }
    }
  }

  /// Takes effect with the high half, but 0 deactivates at once.
  private void writeSharedLow(int value) {
    sharedLow = value;
    if (value == 0) {
      commands.sharedAddress(0);
      lifecycle.stop();
    }
  }

  private void writeMac(MacAddress wanted) {
    if (filters.mac(wanted)) {
      mac = wanted;
    }
  }
}
