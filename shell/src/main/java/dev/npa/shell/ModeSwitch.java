// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.vmxnet3.PluginOffer;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Moves the guest's traffic between the emulated device and a virtual function.
///
/// ```
/// EMULATED --offer--> VERIFYING --accepted, held--> SWITCHING --drained, activated--> PASSTHROUGH
///     ^___________________|_____________________________|_______________________________|
///        refused, withdrawn, declined, taken back, faulted
/// ```
///
/// No step waits: [#step] is called once per poll of the shell and does what can be done. Each old
/// path is emptied before the new one is used, so order holds in both directions.
final class ModeSwitch {
  private final Vmxnet3Control device;
  private final EmulatedPath emulated;
  private final QueueMemory vfMemory;
  private final NapiPoll napi;
  private final TxLedger tx;
  private final PluginGate gate;
  private final Executor verifier;
  private final Runnable wake;
  private final long region;
  private final int regionBytes;

  private ShellMode mode = ShellMode.EMULATED;
  private SwitchClock clock = new SwitchClock();
  private Optional<PluginOffer> offer = Optional.empty();
  private Optional<Examination> examination = Optional.empty();
  private Optional<VirtualFunction> function = Optional.empty();
  private boolean emulationStopped;

  private final SwitchLog log = new SwitchLog();

  /// What the switch works on.
  record Parts(
      Vmxnet3Control device,
      EmulatedPath emulated,
      QueueMemory vfMemory,
      NapiPoll napi,
      TxLedger tx) {}

  /// @param region address of the memory for [PluginConf] and package
  /// @param verifier where the gate runs
  /// @param wake called when the gate is done
  ModeSwitch(
      Parts parts,
      PluginGate gate,
      Executor verifier,
      Runnable wake,
      long region,
      int regionBytes) {
    this.device = parts.device();
    this.emulated = parts.emulated();
    this.vfMemory = parts.vfMemory();
    this.napi = parts.napi();
    this.tx = parts.tx();
    this.gate = gate;
    this.verifier = verifier;
    this.wake = wake;
    this.region = region;
    this.regionBytes = regionBytes;
  }

  ShellMode mode() {
    return mode;
  }

  /// Whether frames may be handed to the path in use.
  boolean mayTransmit() {
    return mode != ShellMode.SWITCHING;
  }

  SwitchLog log() {
    return log;
  }

  /// EVENT_DIC: the hypervisor offers a function, or has taken it back.
  void deviceChanged() {
    boolean offered = device.isPassthroughDevice();
    switch (mode) {
      case EMULATED -> {
        if (offered) {
          load();
        }
      }
      case VERIFYING -> {
        if (!offered || !offer.orElseThrow().isPresent()) {
          abandon("the hypervisor withdrew the offer");
        }
      }
      case SWITCHING -> {
        if (!offered || !function.orElseThrow().present()) {
          fallBack(Outcome.WITHDRAWN, "the hypervisor withdrew the offer");
        }
      }
      case PASSTHROUGH -> {
        if (!offered || !function.orElseThrow().present()) {
          takenBack();
        }
      }
    }
    // Taken back and offered anew before this guest looked: one event for both.
    if (mode == ShellMode.EMULATED && offered && device.isPassthroughDevice()) {
      load();
    }
  }

  /// Goes on with what is under way.
  ///
  /// @return whether to call again soon
  boolean step() {
    return switch (mode) {
      case EMULATED -> false;
      case VERIFYING -> verifying();
      case SWITCHING -> switching();
      case PASSTHROUGH -> passthrough();
    };
  }

  private boolean verifying() {
    if (!examination.orElseThrow().isDone()) {
      return false;
    }
    examined();
    return true;
  }

  private boolean switching() {
    if (!emulationStopped && tx.inFlight() == 0) {
      stopEmulation();
    }
    if (mode == ShellMode.SWITCHING && emulationStopped) {
      activate();
    }
    return true;
  }

  private boolean passthrough() {
    if (function.orElseThrow().path().fault() == Fault.NONE) {
      return false;
    }
    faulted();
    return true;
  }

  // To passthrough.

  private void load() {
    clock = new SwitchClock();
    offer = device.loadPlugin(region, regionBytes);
    clock.step("inject");
    if (offer.isEmpty()) {
      device.withdraw(region, PluginConf.STATUS_DECLINED);
      record(Outcome.WITHDRAWN, List.of(), "nothing usable was injected", 0);
      return;
    }
    Examination started = new Examination(gate, offer.orElseThrow().packageBytes(), wake);
    examination = Optional.of(started);
    mode = ShellMode.VERIFYING;
    verifier.execute(started);
  }

  private void abandon(String why) {
    examination = Optional.empty();
    offer = Optional.empty();
    mode = ShellMode.EMULATED;
    record(Outcome.WITHDRAWN, List.of(), why, 0);
  }

  private void examined() {
    clock.step("verify");
    Examination finished = examination.orElseThrow();
    if (finished.answer().isEmpty()) {
      refuse(List.of(), finished.failure());
      return;
    }
    PluginGate.Answer answer = finished.answer().orElseThrow();
    clock.gate(answer.timings());
    switch (answer.verdict()) {
      case Verdict.Refused<LoadedPlugin>(List<Refusal> refusals) -> refuse(refusals, "");
      case Verdict.Accepted<LoadedPlugin>(LoadedPlugin loaded) -> start(loaded);
    }
  }

  private void refuse(List<Refusal> refusals, String detail) {
    device.withdraw(region, PluginConf.STATUS_REFUSED);
    examination = Optional.empty();
    offer = Optional.empty();
    mode = ShellMode.EMULATED;
    record(Outcome.REFUSED, refusals, detail, 0);
  }

  private void start(LoadedPlugin loaded) {
    examination = Optional.empty();
    device.reportStatus(region, PluginConf.STATUS_ACCEPTED);
    List<Vmxnet3Control.Grant> grants = new ArrayList<>(vfMemory.grants());
    grants.add(emulated.txBuffers());
    if (!device.registerMemory(grants)) {
      fallBack(Outcome.WITHDRAWN, "the hypervisor did not take the memory");
      return;
    }
    clock.step("grant");
    function = VirtualFunction.start(offer.orElseThrow(), loaded, vfMemory, tx);
    clock.step("initialise");
    if (function.isEmpty()) {
      fallBack(Outcome.DECLINED, "the plugin did not start");
      return;
    }
    clock.hold();
    emulationStopped = false;
    mode = ShellMode.SWITCHING;
  }

  private void stopEmulation() {
    clock.step("finish sending");
    int result = device.command(Vmxnet3Command.STOP_EMULATION);
    if (result == Vmxnet3Command.RESULT_RETRY) {
      return; // The uplink has no room at the moment.
    }
    if (result != Vmxnet3Command.RESULT_OK) {
      fallBack(Outcome.WITHDRAWN, "emulation did not stop");
      return;
    }
    emulationStopped = true;
    clock.step("stop emulation");
    VirtualFunction vf = function.orElseThrow();
    if (!vf.path().reset()) {
      fallBack(Outcome.DECLINED, "the rings could not be set up: " + vf.path().fault().what());
      return;
    }
    clock.step("set up rings");
  }

  private void activate() {
    switch (device.command(Vmxnet3Command.ACTIVATE_VF)) {
      case Vmxnet3Command.RESULT_OK -> {
        clock.step("activate function");
        napi.drain(emulated.path());
        emulated.path().reclaim();
        napi.route(function.orElseThrow().path());
        mode = ShellMode.PASSTHROUGH;
        clock.step("finish receiving");
        record(Outcome.TO_PASSTHROUGH, List.of(), "", 0);
      }
      case Vmxnet3Command.RESULT_RETRY -> {
        // Frames wait for buffers of the emulated ring: the shell polls it, then this comes again.
      }
      default -> fallBack(Outcome.WITHDRAWN, "the hypervisor did not activate the function");
    }
  }

  /// Gives up an attempt after the gate, wherever it stands.
  private void fallBack(Outcome outcome, String why) {
    boolean resume = emulationStopped;
    device.withdraw(region, PluginConf.STATUS_DECLINED);
    dropFunction();
    if (resume) {
      // From here on the host holds frames for this guest back; then the ring can be emptied.
      device.command(Vmxnet3Command.QUIESCE_DEV);
      napi.drain(emulated.path());
      emulated.path().reclaim();
      emulated.start();
    }
    mode = ShellMode.EMULATED;
    record(outcome, List.of(), why, 0);
  }

  // Back to emulation.

  private void takenBack() {
    clock = new SwitchClock();
    clock.hold();
    VirtualFunction vf = function.orElseThrow();
    napi.drain(vf.path());
    clock.step("finish");
    boolean sound = vf.path().fault() == Fault.NONE;
    int again = tx.rewind();
    dropFunction();
    resumeEmulation();
    record(
        sound ? Outcome.TO_EMULATED : Outcome.FAULTED,
        List.of(),
        sound ? "" : vf.path().fault().what(),
        again);
  }

  private void faulted() {
    clock = new SwitchClock();
    clock.hold();
    VirtualFunction vf = function.orElseThrow();
    device.reportStatus(region, PluginConf.STATUS_FAULTED);
    device.command(Vmxnet3Command.RESET_DEV);
    clock.step("quarantine");
    int again = tx.rewind();
    dropFunction();
    resumeEmulation();
    record(Outcome.FAULTED, List.of(), vf.path().fault().what(), again);
  }

  private void dropFunction() {
    function.ifPresent(vf -> vf.path().reclaim());
    function = Optional.empty();
    offer = Optional.empty();
    examination = Optional.empty();
    emulationStopped = false;
  }

  private void resumeEmulation() {
    emulated.start();
    napi.route(emulated.path());
    mode = ShellMode.EMULATED;
    clock.step("restart emulation");
  }

  private void record(Outcome outcome, List<Refusal> refusals, String detail, int resent) {
    log.add(clock.end(outcome, refusals, detail, resent));
  }
}
