// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/// The CMD register: each command's result can be read as soon as the command is written.
final class Commands {
  /// Bit 0 of VRRS and UVRS: version 1, of the device and of UPT.
  static final int VERSION_1 = 1;

  private static final int LINK_UP = 10_000 << 16 | 1; // Mb/s, up
  private static final int INTERRUPTS_MSIX = 3;
  private static final int ADAPTIVE_RING_OFF = 1;
  private static final int TX_DATA_ENTRY_BYTES = 128;

  private final Lifecycle lifecycle;
  private final FilterControl filters;
  private final PluginCommands plugin;
  private final InterruptState interrupts;
  private final BusMaster busMaster;
  private final Refusals refusals;
  private final MacAddress permanentMac;
  private boolean revisionSelected;
  private boolean uptVersionSelected;
  private long sharedAddress;
  private boolean linkUp = true;
  private boolean passthroughOffered;
  private long unknown;

  Commands(
      Lifecycle lifecycle,
      FilterControl filters,
      PluginCommands plugin,
      InterruptState interrupts,
      BusMaster busMaster,
      Refusals refusals,
      MacAddress permanentMac) {
    this.lifecycle = lifecycle;
    this.filters = filters;
    this.plugin = plugin;
    this.interrupts = interrupts;
    this.busMaster = busMaster;
    this.refusals = refusals;
    this.permanentMac = permanentMac;
  }

  /// VRRS written: the driver selects a device revision; only 1 is there.
  void revision(int bits) {
    revisionSelected = bits == VERSION_1;
  }

  /// UVRS written.
  void uptVersion(int bits) {
    uptVersionSelected = bits == VERSION_1;
  }

  /// DSAL and DSAH written: where ACTIVATE_DEV finds the DriverShared block.
  void sharedAddress(long address) {
    sharedAddress = address;
  }

  void linkUp(boolean up) {
    linkUp = up;
  }

  void passthroughOffered(boolean offered) {
    passthroughOffered = offered;
  }

  /// Number of commands that the device does not know.
  long unknown() {
    return unknown;
  }

  int execute(int command) {
    return switch (command) {
      case Vmxnet3Command.ACTIVATE_DEV -> withDma(this::activate);
      case Vmxnet3Command.QUIESCE_DEV -> lifecycle.stop();
      case Vmxnet3Command.RESET_DEV -> reset();
      case Vmxnet3Command.UPDATE_RX_MODE -> update(filters::mode);
      case Vmxnet3Command.UPDATE_MAC_FILTERS -> update(filters::groups);
      case Vmxnet3Command.UPDATE_VLAN_FILTERS -> update(filters::vlans);
      case Vmxnet3Command.UPDATE_RSSIDT -> update(filters::rss);
      case Vmxnet3Command.UPDATE_FEATURE -> update(this::features);
      // No moderation and no wake-up: nothing to update.
      case Vmxnet3Command.UPDATE_IML, Vmxnet3Command.UPDATE_PMCFG -> Vmxnet3Command.RESULT_OK;
      case Vmxnet3Command.STOP_EMULATION -> withDma(lifecycle::stopEmulation);
      case Vmxnet3Command.LOAD_PLUGIN -> update(area -> plugin.load(area, lifecycle.mode()));
      case Vmxnet3Command.ACTIVATE_VF -> lifecycle.activateVf();
      case Vmxnet3Command.REGISTER_MEMREGS ->
          update(area -> plugin.registerMemory(area, lifecycle.mode()));
      case Vmxnet3Command.GET_QUEUE_STATUS -> withDma(lifecycle::writeStatus);
      case Vmxnet3Command.GET_STATS -> busMaster.isEnabled() ? lifecycle.writeCounters() : noDma();
      case Vmxnet3Command.GET_LINK -> linkUp ? LINK_UP : 0;
      case Vmxnet3Command.GET_PERM_MAC_LO -> permanentMac.low();
      case Vmxnet3Command.GET_PERM_MAC_HI -> permanentMac.high();
      case Vmxnet3Command.GET_DID_LO ->
          passthroughOffered ? Vmxnet3Command.DID_PASSTHRU : Vmxnet3Registers.DEVICE_ID;
      case Vmxnet3Command.GET_DID_HI -> PciIdentity.REVISION;
      case Vmxnet3Command.GET_DEV_EXTRA_INFO -> 0;
      case Vmxnet3Command.GET_CONF_INTR -> INTERRUPTS_MSIX;
      case Vmxnet3Command.GET_ADAPTIVE_RING_INFO -> ADAPTIVE_RING_OFF;
      case Vmxnet3Command.GET_TXDATA_DESC_SIZE -> TX_DATA_ENTRY_BYTES;
      default -> {
        unknown++;
        yield 0; // As QEMU answers.
      }
    };
  }

  private int activate() {
    if (!revisionSelected || !uptVersionSelected) {
      return refusals.refuse("ACTIVATE_DEV: revision 1 not selected in VRRS and UVRS");
    }
    return lifecycle.activate(sharedAddress);
  }

  private int withDma(IntSupplier action) {
    return busMaster.isEnabled() ? action.getAsInt() : noDma();
  }

  private int noDma() {
    return refusals.refuse("bus master is off in the Command register");
  }

  private int features(SharedArea area) {
    int result = lifecycle.updateMtu(area);
    return result == Vmxnet3Command.RESULT_OK ? filters.features(area) : result;
  }

  private int reset() {
    int result = lifecycle.stop();
    interrupts.reset();
    return result;
  }

  private int update(ToIntFunction<SharedArea> action) {
    Optional<SharedArea> shared = lifecycle.shared();
    return shared.isPresent()
        ? withDma(() -> action.applyAsInt(shared.get()))
        : refusals.refuse("device is not active");
  }
}
