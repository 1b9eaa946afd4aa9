// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.vmxnet3.Vmxnet3Device.Mode;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The modes of the device and the commands that change them.
///
/// ```
///              ACTIVATE_DEV            STOP_EMULATION              ACTIVATE_VF
///   INACTIVE --------------> EMULATED ----------------> TX_STOPPED ------------> PASSTHROUGH
///      ^                         ^                        |                         |
///      |                         +---- ACTIVATE_DEV ------+-------------------------+
///      +---- QUIESCE_DEV, RESET_DEV, DSAL = 0: from every mode
/// ```
///
/// A command that fails leaves everything as it was, and a reason.
final class Lifecycle {
  private static final TxQueue[] NO_TX = {};
  private static final RxQueue[] NO_RX = {};

  private final IommuDomain iommu;
  private final Vmxnet3Host host;
  private final InterruptState interrupts;
  private final DeviceEvents events;
  private final ReceivePath receivePath;
  private final FilterControl filters;
  private final BusMaster busMaster;
  private final Refusals refusals;
  private Mode mode = Mode.INACTIVE;
  private int mtu;
  private final List<TxScratch> scratch = new ArrayList<>();
  private TxQueue[] txQueues = NO_TX;
  private RxQueue[] rxQueues = NO_RX;
  private Optional<SharedArea> shared = Optional.empty();

  Lifecycle(
      IommuDomain iommu,
      Vmxnet3Host host,
      InterruptState interrupts,
      DeviceEvents events,
      ReceivePath receivePath,
      FilterControl filters,
      BusMaster busMaster,
      Refusals refusals) {
    this.iommu = iommu;
    this.host = host;
    this.interrupts = interrupts;
    this.events = events;
    this.receivePath = receivePath;
    this.filters = filters;
    this.busMaster = busMaster;
    this.refusals = refusals;
  }

  Mode mode() {
    return mode;
  }

  /// Present unless [Mode#INACTIVE].
  Optional<SharedArea> shared() {
    return shared;
  }

  /// One burst per transmit queue.
  boolean poll() {
    if (mode != Mode.EMULATED) {
      return false;
    }
    boolean busy = false;
    for (TxQueue queue : txQueues) {
      busy |= queue.poll();
    }
    return busy;
  }

  int activate(long sharedAddress) {
    if (mode == Mode.EMULATED) {
      return refusals.refuse("ACTIVATE_DEV: active already");
    }
    DriverSharedReader reader = new DriverSharedReader(iommu);
    Optional<DeviceConfiguration> read = reader.read(sharedAddress);
    if (read.isEmpty()) {
      return refusals.refuse("ACTIVATE_DEV: " + String.join("; ", reader.problems()));
    }
    DeviceConfiguration configuration = read.get();
    if (!host.mtuRequested(configuration.mtu())) {
      return refusals.refuse("ACTIVATE_DEV: policy forbids MTU " + configuration.mtu());
    }
    SharedArea area = new SharedArea(iommu.memory(), configuration.shared());
    build(configuration);
    shared = Optional.of(area);
    filters.open(area, rxQueues.length);
    interrupts.activate(area, configuration.autoMask());
    mode = Mode.EMULATED;
    events.activate(area, configuration.eventVector());
    host.activated();
    return Vmxnet3Command.RESULT_OK;
  }

  private void build(DeviceConfiguration configuration) {
    mtu = configuration.mtu();
    txQueues = new TxQueue[configuration.txQueues().size()];
    for (int q = 0; q < txQueues.length; q++) {
      DeviceConfiguration.Tx queue = configuration.txQueues().get(q);
      if (q == scratch.size()) {
        scratch.add(TxScratch.allocate());
      }
      txQueues[q] =
          new TxQueue(queue, configuration.mtu(), iommu, host.uplink(), events, scratch.get(q));
    }
    rxQueues = new RxQueue[configuration.rxQueues().size()];
    for (int q = 0; q < rxQueues.length; q++) {
      rxQueues[q] = new RxQueue(q, configuration, iommu, events);
    }
    receivePath.open(rxQueues, configuration.mtu());
  }

  /// The MTU may have changed. In passthrough the host passes it on to the virtual function.
  int updateMtu(SharedArea area) {
    int wanted = area.getInt(DriverShared.MTU);
    if (wanted == mtu) {
      return Vmxnet3Command.RESULT_OK;
    }
    if (wanted < DriverSharedReader.MIN_MTU || wanted > DriverSharedReader.MAX_MTU) {
      return refusals.refuse("UPDATE_FEATURE: MTU " + wanted);
    }
    if (!host.mtuRequested(wanted)) {
      return refusals.refuse("UPDATE_FEATURE: policy forbids MTU " + wanted);
    }
    mtu = wanted;
    receivePath.mtu(wanted);
    for (TxQueue queue : txQueues) {
      queue.allowMtu(wanted);
    }
    return Vmxnet3Command.RESULT_OK;
  }

  /// From any mode to [Mode#INACTIVE]. The counters in the queue descriptors are final then: a
  /// driver that does not trust its own books finds here what was sent.
  int stop() {
    boolean passthrough = mode == Mode.PASSTHROUGH;
    mode = Mode.INACTIVE;
    receivePath.close();
    shared = Optional.empty();
    events.deactivate();
    interrupts.deactivate();
    host.stopped();
    if (busMaster.isEnabled()) {
      writeCounters(passthrough);
    }
    txQueues = NO_TX;
    rxQueues = NO_RX;
    return Vmxnet3Command.RESULT_OK;
  }

  /// Sends all frames that the driver has handed over, then stops transmitting.
  ///
  /// @return RESULT_RETRY if the uplink has no room for some of them now
  int stopEmulation() {
    if (mode != Mode.EMULATED) {
      return refusals.refuse("STOP_EMULATION: mode is " + mode);
    }
    for (TxQueue queue : txQueues) {
      if (!queue.drain()) {
        return Vmxnet3Command.RESULT_RETRY;
      }
    }
    mode = Mode.TX_STOPPED;
    int result = host.emulationStopped();
    if (result != Vmxnet3Command.RESULT_OK) {
      mode = Mode.EMULATED;
      refusals.refuse("STOP_EMULATION: host answered " + result);
    }
    return result;
  }

  int activateVf() {
    if (mode != Mode.TX_STOPPED) {
      return refusals.refuse("ACTIVATE_VF: mode is " + mode);
    }
    int result = host.activateVf();
    if (result == Vmxnet3Command.RESULT_OK) {
      mode = Mode.PASSTHROUGH;
      receivePath.close();
    }
    return result;
  }

  /// GET_QUEUE_STATUS.
  int writeStatus() {
    for (TxQueue queue : txQueues) {
      queue.statistics().writeStatus();
    }
    for (RxQueue queue : rxQueues) {
      queue.statistics().writeStatus();
    }
    return Vmxnet3Command.RESULT_OK;
  }

  /// GET_STATS: of the virtual function in passthrough, where it stands for queue 0.
  int writeCounters() {
    writeCounters(mode == Mode.PASSTHROUGH);
    return Vmxnet3Command.RESULT_OK;
  }

  /// A host that does not say what the function did leaves the counters as they are.
  private void writeCounters(boolean passthrough) {
    if (passthrough) {
      Optional<Vmxnet3Host.FunctionCounters> function = host.functionCounters();
      if (function.isPresent()) {
        txQueues[0].statistics().writeSent(function.get());
        rxQueues[0].statistics().writeReceived(function.get());
      }
      return;
    }
    for (TxQueue queue : txQueues) {
      queue.statistics().writeCounters();
    }
    for (RxQueue queue : rxQueues) {
      queue.statistics().writeCounters();
    }
  }
}
