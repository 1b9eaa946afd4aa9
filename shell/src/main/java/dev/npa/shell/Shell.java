// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.plugin.PluginState;
import dev.npa.shell.datapath.BufferPool;
import dev.npa.shell.datapath.DataPaths;
import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.guest.GuestPages;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.GuestTask;
import dev.npa.shell.guest.InterruptController;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import dev.npa.shell.vmxnet3.Vmxnet3Plugin;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import dev.npa.verifier.trust.TrustInForce;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// The guest's driver for one vmxnet3 device: sends and receives frames, by emulation or through a
/// vendor's plugin, and changes between the two when the hypervisor asks.
///
/// Every method runs on the guest's vCPU thread ([dev.npa.shell.guest.Vcpu]).
public final class Shell implements GuestTask, AutoCloseable {
  /// [#transmitBuffer]: all buffers are in use.
  public static final int NO_BUFFER = TxLedger.NONE;

  /// Frames that wait for a longer burst at most.
  private static final int BURST = 32;

  private final Vmxnet3Control device;
  private final InterruptController interrupts;
  private final int eventVector;
  private final MemorySegment memory;
  private final TxLedger tx;
  private final EmulatedPath emulated;
  private final QueueMemory emulatedMemory;
  private final QueueMemory vfMemory;
  private final NapiPoll napi;
  private final ModeSwitch modes;
  private final TrustInForce trust;
  private final Executor verifier;
  private final int largestMtu;
  private int mtu;
  private boolean closed;

  private Shell(
      PciFunction function,
      GuestMemory guest,
      InterruptController interrupts,
      ShellConfig config,
      GuestStack stack,
      TrustInForce trust,
      PluginGate gate,
      Executor verifier,
      LongSupplier nanoTime) {
    this.interrupts = interrupts;
    this.trust = trust;
    this.verifier = verifier;
    this.largestMtu = config.mtu();
    this.mtu = config.mtu();
    this.memory = guest.segment();
    GuestPages pages = new GuestPages(guest);
    int queueVector = interrupts.allocateVector();
    this.eventVector = interrupts.allocateVector();
    this.device =
        Vmxnet3Control.probe(
            function, memory, pages, InterruptController.BASE_ADDRESS, queueVector, eventVector);
    this.emulatedMemory = new QueueMemory(memory, pages, config);
    this.vfMemory = new QueueMemory(memory, pages, config);
    long txBytes =
        GuestPages.pages(BufferPool.sizeBytes(config.txBuffers(), config.txBufferBytes()));
    long txBase = pages.allocate(txBytes);
    this.tx =
        new TxLedger(
            memory, txBase, config.txBuffers(), config.txBufferBytes(), config.txQueueFrames());
    device.describe(emulatedMemory.rings(), config.mtu());
    this.emulated =
        new EmulatedPath(
            device,
            this::builtInPath,
            tx,
            new Vmxnet3Control.Grant(txBase, txBytes),
            emulatedMemory.rxLedger().ids(),
            nanoTime);
    this.napi = new NapiPoll(interrupts, queueVector, stack, emulated.path());
    int regionBytes = (int) GuestPages.pages(4096L + config.maxPackageBytes());
    this.modes =
        new ModeSwitch(
            new ModeSwitch.Parts(device, emulated, vfMemory, napi, tx, nanoTime),
            gate,
            verifier,
            interrupts::wakeVcpu,
            pages.allocate(regionBytes),
            regionBytes);
  }

  private PacketPath builtInPath() {
    return DataPaths.builtIn(
        new Vmxnet3Plugin(),
        emulatedMemory.queuePair(device.dataPathRegisters()),
        new int[PluginState.DEVICE_INFO_WORDS],
        emulatedMemory.rxLedger(),
        tx,
        emulatedMemory.traffic());
  }

  /// Brings the device up in emulated mode.
  ///
  /// @param function the vmxnet3 device
  /// @param memory the guest's memory; all of it is the shell's to use
  /// @param interrupts the guest's interrupt controller
  /// @param anchors whose plugins this guest runs
  /// @param stack takes the frames that are received
  /// @throws IllegalArgumentException if the function is no vmxnet3, or the memory is too small
  /// @throws IllegalStateException if the device does not accept the configuration
  public static Shell boot(
      PciFunction function,
      GuestMemory memory,
      InterruptController interrupts,
      ShellConfig config,
      TrustAnchors anchors,
      GuestStack stack) {
    return boot(function, memory, interrupts, config, Trust.of(anchors), stack);
  }

  /// Brings the device up in emulated mode.
  ///
  /// @param trust decides which plugins this guest runs, whatever the hypervisor thinks of them;
  ///   [#update] brings newer bundles
  /// @throws IllegalArgumentException if the function is no vmxnet3, or the memory is too small
  /// @throws IllegalStateException if the device does not accept the configuration
  public static Shell boot(
      PciFunction function,
      GuestMemory memory,
      InterruptController interrupts,
      ShellConfig config,
      Trust trust,
      GuestStack stack) {
    TrustInForce inForce = new TrustInForce(trust, InstantSource.system());
    return start(
        new Shell(
            function,
            memory,
            interrupts,
            config,
            stack,
            inForce,
            PluginGate.trusting(inForce),
            Thread.ofPlatform().name("npa-gate").daemon()::start,
            System::nanoTime));
  }

  /// For tests, which bring their own verdicts and time, and trust nobody.
  static Shell boot(
      PciFunction function,
      GuestMemory memory,
      InterruptController interrupts,
      ShellConfig config,
      GuestStack stack,
      PluginGate gate,
      Executor verifier,
      LongSupplier nanoTime) {
    TrustInForce nobody = new TrustInForce(Trust.of(TrustAnchors.none()), InstantSource.system());
    return start(
        new Shell(function, memory, interrupts, config, stack, nobody, gate, verifier, nanoTime));
  }

  private static Shell start(Shell shell) {
    if (!shell.emulated.start()) {
      throw new IllegalStateException(shell.emulated.trouble());
    }
    return shell;
  }

  /// Does one burst of everything there is to do: events, receiving, completions, sending, the next
  /// step of a mode switch.
  ///
  /// @return whether to call again soon; false only when an interrupt will tell
  @Override
  public boolean poll() {
    if (closed) {
      return false;
    }
    boolean busy = false;
    if (interrupts.take(eventVector)) {
      handleEvents();
      busy = true;
    }
    boolean polled = napi.poll();
    busy |= polled;
    busy |= modes.step(polled);
    busy |= transmit() != 0;
    busy |= modes.usesEmulation() && emulated.look(napi);
    return busy;
  }

  private void handleEvents() {
    int events = device.takeEvents();
    if ((events & DriverShared.EVENT_DIC) != 0) {
      modes.deviceChanged();
    }
    int errors = DriverShared.EVENT_RX_QUEUE_ERROR | DriverShared.EVENT_TX_QUEUE_ERROR;
    // In other modes the emulated queues are not in use, or about to be left.
    if ((events & errors) != 0 && modes.usesEmulation()) {
      device.command(Vmxnet3Command.GET_QUEUE_STATUS);
      emulated.failed("the device stopped a queue");
    }
    device.unmaskEvents();
  }

  private int transmit() {
    boolean may = modes.mayTransmit() && (!modes.usesEmulation() || emulated.isUp());
    return may && tx.waiting() != 0 ? napi.path().transmit() : 0;
  }

  // What the guest's stack calls to send.

  /// Gives a buffer to build a frame in.
  ///
  /// @return the buffer's id, or [#NO_BUFFER]: poll and ask again
  public int transmitBuffer() {
    return tx.takeBuffer();
  }

  /// Takes a buffer back that is not needed after all.
  ///
  /// @throws IllegalArgumentException if the buffer is not the caller's
  public void returnBuffer(int bufferId) {
    tx.returnBuffer(bufferId);
  }

  /// The guest's memory, in which [#bufferOffset] is an offset.
  public MemorySegment memory() {
    return memory;
  }

  /// Where a buffer starts.
  public long bufferOffset(int bufferId) {
    return tx.bufferOffset(bufferId);
  }

  /// Sends the frame in a buffer, behind all frames sent before. The buffer is the shell's until it
  /// comes out of [#transmitBuffer] again.
  ///
  /// @param lengthBytes length of the frame without FCS, `>= 14`, at most MTU plus 22
  /// @param more the caller sends another frame right after this one
  /// @return whether the frame was taken; false means that the queue is full: the buffer is still
  ///   the caller's, who polls and sends it again
  /// @throws IllegalArgumentException if the buffer is not the caller's or the frame is too long
  public boolean send(int bufferId, int lengthBytes, boolean more) {
    if (lengthBytes > mtu + ShellConfig.FRAME_OVERHEAD_BYTES) {
      throw new IllegalArgumentException("frame of " + lengthBytes + " bytes, MTU " + mtu);
    }
    boolean taken = tx.enqueue(bufferId, lengthBytes);
    if (!more || tx.waiting() >= BURST) {
      transmit();
    }
    return taken;
  }

  // Control. Each is put to the hypervisor's policy.

  public MacAddress permanentMac() {
    return device.permanentMac();
  }

  public MacAddress mac() {
    return emulated.mac();
  }

  /// @return whether the address is in use now; false if policy forbids it
  public boolean setMac(MacAddress mac) {
    return emulated.setMac(mac);
  }

  /// @param rxMode bits `DriverShared.RX_MODE_*`
  public boolean setRxMode(int rxMode) {
    return device.setRxMode(rxMode);
  }

  public boolean setMulticast(List<MacAddress> groups) {
    return device.setMulticast(groups);
  }

  /// @param vid `0 <= vid <= 4095`
  public boolean setVlan(int vid, boolean accept) {
    if (vid < 0 || vid > 4095) {
      throw new IllegalArgumentException("VLAN " + vid);
    }
    return device.setVlan(vid, accept);
  }

  public int mtu() {
    return mtu;
  }

  /// Changes the MTU, in either mode, without interrupting traffic.
  ///
  /// @param newMtu in bytes, `60 <= newMtu <=` that of the [ShellConfig], for which buffers are
  ///   made
  /// @return whether it holds now; false if policy forbids it
  /// @throws IllegalArgumentException if it is out of range
  public boolean setMtu(int newMtu) {
    if (newMtu < ShellConfig.MIN_MTU || newMtu > largestMtu) {
      throw new IllegalArgumentException("MTU " + newMtu + ", not 60 to " + largestMtu);
    }
    boolean accepted = device.setMtu(newMtu);
    if (accepted) {
      mtu = newMtu;
    }
    return accepted;
  }

  /// Whether frames can be sent: the device runs, and has a link.
  public boolean linkUp() {
    return (!modes.usesEmulation() || emulated.isUp()) && device.linkUp();
  }

  /// The last trouble with the emulated device; empty if there was none.
  public String deviceTrouble() {
    return emulated.trouble();
  }

  // What the guest's administrator does and reads.

  /// Takes a newer trust bundle of the platform's: checked beside the traffic, against the anchors
  /// that this guest booted with and the bundle in force. A plugin in use that it refuses is left,
  /// whatever the hypervisor thinks of it; the guest goes on in emulated mode.
  ///
  /// @return whether it was taken; the plugin is judged after that
  public CompletableFuture<Verdict<TrustBundle>> update(byte[] signedBundle) {
    byte[] copy = signedBundle.clone();
    return CompletableFuture.supplyAsync(
        () -> {
          Verdict<TrustBundle> verdict = trust.update(copy);
          interrupts.wakeVcpu();
          return verdict;
        },
        verifier);
  }

  public ShellMode mode() {
    return modes.mode();
  }

  /// All attempts to change the path, oldest first.
  public List<SwitchRecord> switchLog() {
    return modes.log().records();
  }

  public ShellStatistics statistics() {
    return new ShellStatistics(
        PathStatistics.of(emulatedMemory.traffic()),
        PathStatistics.of(vfMemory.traffic()),
        modes.log().framesResent(),
        modes.log().framesUncertain(),
        modes.log().framesLost(),
        tx.inFlight(),
        tx.waiting(),
        modes.log().faults(),
        modes.log().refused(),
        emulated.restarts());
  }

  /// Stops the device; nothing is received or sent afterwards.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.command(Vmxnet3Command.QUIESCE_DEV);
    }
  }
}
