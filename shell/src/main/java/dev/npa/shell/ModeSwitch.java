// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.vmxnet3.DeviceCounters;
import dev.npa.shell.vmxnet3.PluginOffer;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Moves the guest's traffic between the emulated device and a virtual function.
///
/// ```
/// EMULATED --offer--> VERIFYING --accepted, held--> SWITCHING --drained, activated--> PASSTHROUGH
///     ^___________________|_____________________________|_______________________________|
///        refused, withdrawn, declined, taken back, faulted
/// ```
///
/// No step waits: [#step] is called once per poll of the shell and does what can be done. Each old
/// path is emptied before the new one is used, so order holds in both directions. All ways between
/// the four modes are in this one file: each relies on what the others have left.
final class ModeSwitch {
  /// How long a switch-over may hold the guest's frames.
  private static final long SWITCHING_LIMIT_NANOS = 5_000_000_000L;

  private final Vmxnet3Control device;
  private final EmulatedPath emulated;
  private final QueueMemory vfMemory;
  private final NapiPoll napi;
  private final TxLedger tx;
  private final PluginGate gate;
  private final Executor verifier;
  private final Runnable wake;
  private final LongSupplier nanoTime;
  private final long region;
  private final int regionBytes;

  private ShellMode mode = ShellMode.EMULATED;
  private SwitchClock clock = new SwitchClock();
  private Optional<PluginOffer> offer = Optional.empty();
  private Optional<Examination> examination = Optional.empty();
  private Optional<VirtualFunction> function = Optional.empty();
  private Optional<FunctionAudit> audit = Optional.empty();
  private Optional<Standing> standing = Optional.empty();
  private boolean emulationStopped;
  private long switchingSince;

  private final SwitchLog log = new SwitchLog();

  /// What the switch works on.
  record Parts(
      Vmxnet3Control device,
      EmulatedPath emulated,
      QueueMemory vfMemory,
      NapiPoll napi,
      TxLedger tx,
      LongSupplier nanoTime) {}

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
    this.nanoTime = parts.nanoTime();
    this.gate = gate;
    this.verifier = verifier;
    this.wake = wake;
    this.region = region;
    this.regionBytes = regionBytes;
  }

  ShellMode mode() {
    return mode;
  }

  /// Whether the emulated device moves the guest's frames, and is not about to be left.
  boolean usesEmulation() {
    return mode == ShellMode.EMULATED || mode == ShellMode.VERIFYING;
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
          fallBack(
              Outcome.WITHDRAWN, PluginConf.STATUS_DECLINED, "the hypervisor withdrew the offer");
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
  /// @param polled whether the path in use is being polled
  /// @return whether to call again soon
  boolean step(boolean polled) {
    return switch (mode) {
      case EMULATED -> false;
      case VERIFYING -> verifying();
      case SWITCHING -> switching();
      case PASSTHROUGH -> passthrough(polled);
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
    Optional<Standing.Objection> objection = standing.orElseThrow().look();
    if (objection.isPresent()) {
      fallBack(Outcome.REFUSED, PluginConf.STATUS_REFUSED, objection.get());
      return true;
    }
    if (!emulationStopped && tx.inFlight() == 0) {
      stopEmulation();
    }
    if (mode == ShellMode.SWITCHING && emulationStopped) {
      activate();
    }
    if (mode == ShellMode.SWITCHING
        && nanoTime.getAsLong() - switchingSince > SWITCHING_LIMIT_NANOS) {
      fallBack(Outcome.WITHDRAWN, PluginConf.STATUS_DECLINED, "the switch-over does not end");
    }
    return true;
  }

  private boolean passthrough(boolean polled) {
    Fault fault = function.orElseThrow().path().fault();
    if (fault == Fault.NONE) {
      fault = audit.orElseThrow().look(polled);
    }
    if (fault != Fault.NONE) {
      faulted(fault);
      return true;
    }
    Optional<Standing.Objection> objection = standing.orElseThrow().look();
    if (objection.isPresent()) {
      recalled(objection.get());
      return true;
    }
    return audit.orElseThrow().isDue();
  }

  // To passthrough.

  private void load() {
    clock = new SwitchClock();
    offer = device.loadPlugin(region, regionBytes);
    clock.step("inject");
    if (offer.isEmpty()) {
      device.withdraw(region, PluginConf.STATUS_DECLINED);
      record(Outcome.WITHDRAWN, List.of(), "nothing usable was injected");
      return;
    }
    mode = ShellMode.VERIFYING;
    examine();
  }

  private void examine() {
    Examination started = new Examination(gate, offer.orElseThrow().packageBytes(), wake);
    examination = Optional.of(started);
    verifier.execute(started);
  }

  private void abandon(String why) {
    examination = Optional.empty();
    offer = Optional.empty();
    mode = ShellMode.EMULATED;
    record(Outcome.WITHDRAWN, List.of(), why);
  }

  private void examined() {
    clock.step("verify");
    Examination finished = examination.orElseThrow();
    if (finished.edition() != gate.edition()) {
      examine(); // Another trust has come meanwhile: the answer is worth nothing.
      return;
    }
    if (finished.answer().isEmpty()) {
      refuse(List.of(), finished.failure());
      return;
    }
    PluginGate.Answer answer = finished.answer().orElseThrow();
    clock.gate(answer.timings());
    switch (answer.verdict()) {
      case Verdict.Refused<LoadedPlugin>(List<Refusal> refusals) -> refuse(refusals, "");
      case Verdict.Accepted<LoadedPlugin>(LoadedPlugin loaded) -> {
        byte[] packageBytes = offer.orElseThrow().packageBytes();
        standing =
            Optional.of(new Standing(gate, verifier, wake, packageBytes, finished.edition()));
        start(loaded);
      }
    }
  }

  private void refuse(List<Refusal> refusals, String detail) {
    device.withdraw(region, PluginConf.STATUS_REFUSED);
    examination = Optional.empty();
    offer = Optional.empty();
    mode = ShellMode.EMULATED;
    record(Outcome.REFUSED, refusals, detail);
  }

  private void start(LoadedPlugin loaded) {
    examination = Optional.empty();
    device.reportStatus(region, PluginConf.STATUS_ACCEPTED);
    List<Vmxnet3Control.Grant> grants = new ArrayList<>(vfMemory.grants());
    grants.add(emulated.txBuffers());
    if (!device.registerMemory(grants)) {
      fallBack(
          Outcome.WITHDRAWN, PluginConf.STATUS_DECLINED, "the hypervisor did not take the memory");
      return;
    }
    clock.step("grant");
    function = VirtualFunction.construct(offer.orElseThrow(), loaded, vfMemory, tx);
    if (function.isEmpty()) {
      fallBack(Outcome.FAULTED, PluginConf.STATUS_FAULTED, "the constructor of the plugin failed");
      return;
    }
    PacketPath path = function.orElseThrow().path();
    boolean accepts = path.init();
    clock.step("initialise");
    if (!accepts) {
      endAttempt(path, "the plugin declined the device");
      return;
    }
    clock.hold();
    emulationStopped = false;
    switchingSince = nanoTime.getAsLong();
    mode = ShellMode.SWITCHING;
  }

  private void stopEmulation() {
    clock.step("finish sending");
    int result = device.command(Vmxnet3Command.STOP_EMULATION);
    if (result == Vmxnet3Command.RESULT_RETRY) {
      return; // The uplink has no room at the moment.
    }
    if (result != Vmxnet3Command.RESULT_OK) {
      fallBack(Outcome.WITHDRAWN, PluginConf.STATUS_DECLINED, "emulation did not stop");
      return;
    }
    emulationStopped = true;
    clock.step("stop emulation");
    VirtualFunction vf = function.orElseThrow();
    if (!vf.path().reset()) {
      endAttempt(vf.path(), "the rings could not be set up");
      return;
    }
    clock.step("set up rings");
  }

  /// The plugin does not start: it said so, or it broke the contract.
  private void endAttempt(PacketPath path, String declined) {
    if (path.fault() == Fault.NONE) {
      fallBack(Outcome.DECLINED, PluginConf.STATUS_DECLINED, declined);
    } else {
      fallBack(Outcome.FAULTED, PluginConf.STATUS_FAULTED, path.fault().what());
    }
  }

  private void activate() {
    switch (device.command(Vmxnet3Command.ACTIVATE_VF)) {
      case Vmxnet3Command.RESULT_OK -> {
        clock.step("activate function");
        emulated.drain(napi);
        emulated.path().reclaim();
        napi.route(function.orElseThrow().path());
        audit = Optional.of(new FunctionAudit(device, tx, vfMemory.traffic(), nanoTime));
        mode = ShellMode.PASSTHROUGH;
        clock.step("finish receiving");
        record(Outcome.TO_PASSTHROUGH, List.of(), "");
      }
      case Vmxnet3Command.RESULT_RETRY -> {
        // Frames wait for buffers of the emulated ring: the shell polls it, then this comes again.
      }
      default ->
          fallBack(
              Outcome.WITHDRAWN,
              PluginConf.STATUS_DECLINED,
              "the hypervisor did not activate the function");
    }
  }

  /// Gives up an attempt after the gate, wherever it stands.
  private void fallBack(Outcome outcome, int status, String why) {
    fallBack(outcome, status, new Standing.Objection(List.of(), why));
  }

  private void fallBack(Outcome outcome, int status, Standing.Objection why) {
    boolean resume = emulationStopped;
    device.withdraw(region, status);
    dropFunction();
    if (resume) {
      // From here on the host holds frames for this guest back; then the ring can be emptied.
      emulated.restart(napi);
    }
    mode = ShellMode.EMULATED;
    record(outcome, why.refusals(), why.detail());
  }

  // Back to emulation.

  private void takenBack() {
    clock = new SwitchClock();
    clock.hold();
    // The hypervisor has quiesced the function: what it says now is final.
    leave(device.counters(), Outcome.TO_EMULATED, List.of(), "");
  }

  /// The guest's own trust has come to refuse the plugin, whatever the hypervisor thinks of it.
  /// Once the function is quiesced the plugin can reach no device, and reports what is in its
  /// rings: it was proved to do no more.
  private void recalled(Standing.Objection why) {
    clock = new SwitchClock();
    clock.hold();
    device.reportStatus(region, PluginConf.STATUS_REFUSED);
    Optional<DeviceCounters> last = device.stop(Vmxnet3Command.RESET_DEV);
    clock.step("quiesce");
    leave(last, Outcome.RECALLED, why.refusals(), why.detail());
  }

  /// @param last the final word of the device on a function that has been quiesced
  private void leave(
      Optional<DeviceCounters> last, Outcome outcome, List<Refusal> refusals, String why) {
    Fault fault = finish(function.orElseThrow().path(), last);
    clock.step("finish");
    Reconciliation books = audit.orElseThrow().settle(last);
    dropFunction();
    resumeEmulation();
    if (fault == Fault.NONE) {
      log.add(clock.end(outcome, refusals, why, books));
    } else {
      log.add(clock.end(Outcome.FAULTED, refusals, fault.what(), books));
    }
  }

  /// Lets the plugin report what its function did before it ended.
  private Fault finish(PacketPath path, Optional<DeviceCounters> last) {
    boolean empty = napi.drain(path, vfMemory.rxLedger().ids() + tx.inFlight());
    if (path.fault() != Fault.NONE) {
      return path.fault();
    }
    return empty
        ? last.map(audit.orElseThrow()::contradiction).orElse(Fault.NONE)
        : Fault.INVENTED_FRAMES;
  }

  private void faulted(Fault fault) {
    clock = new SwitchClock();
    clock.hold();
    device.reportStatus(region, PluginConf.STATUS_FAULTED);
    Optional<DeviceCounters> last = device.stop(Vmxnet3Command.RESET_DEV);
    clock.step("quarantine");
    Reconciliation books = audit.orElseThrow().settle(last);
    dropFunction();
    resumeEmulation();
    log.add(clock.end(Outcome.FAULTED, List.of(), fault.what(), books));
  }

  private void dropFunction() {
    function.ifPresent(vf -> vf.path().reclaim());
    function = Optional.empty();
    audit = Optional.empty();
    standing = Optional.empty();
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

  private void record(Outcome outcome, List<Refusal> refusals, String detail) {
    log.add(clock.end(outcome, refusals, detail, Reconciliation.NOTHING));
  }
}
