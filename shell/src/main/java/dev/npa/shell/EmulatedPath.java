// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.vmxnet3.DeviceCounters;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The built-in path, and how to start it again after the device was stopped, failed or fell
/// silent.
///
/// Whatever a device does, the guest goes on: it is started anew, at most every [#PAUSE_NANOS], and
/// frames to send wait meanwhile.
final class EmulatedPath {
  /// Least time between two attempts to start a device that makes trouble.
  private static final long PAUSE_NANOS = 100_000_000L;

  /// How long a device may take to send: Linux' default. Its uplink may be full.
  private static final long SENDS_NANOS = 5_000_000_000L;

  /// Looks between two looks at the clock.
  private static final int LOOKS = 64;

  private final Vmxnet3Control device;
  private final Supplier<PacketPath> paths;
  private final TxLedger tx;
  private final Vmxnet3Control.Grant txBuffers;
  private final int mostFrames;
  private final LongSupplier nanoTime;
  private PacketPath path;
  private MacAddress mac;
  private boolean up;
  private boolean failed;
  private String trouble = "";
  private long restarts;
  private long startedAt;
  private long txBase;
  private int looks;
  private long doneSeen;
  private long progressAt;

  /// @param paths makes a path with a plugin whose state is fresh
  /// @param txBuffers where frames to send lie
  /// @param mostFrames frames that the receive ring can hold
  EmulatedPath(
      Vmxnet3Control device,
      Supplier<PacketPath> paths,
      TxLedger tx,
      Vmxnet3Control.Grant txBuffers,
      int mostFrames,
      LongSupplier nanoTime) {
    this.device = device;
    this.paths = paths;
    this.tx = tx;
    this.txBuffers = txBuffers;
    this.mostFrames = mostFrames;
    this.nanoTime = nanoTime;
    this.path = freshPath();
    this.mac = device.mac();
  }

  PacketPath path() {
    return path;
  }

  /// A virtual function must be able to read the frames to send.
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

  /// Whether the device runs; if not, frames to send have to wait.
  boolean isUp() {
    return up;
  }

  /// Times that the device made trouble.
  long restarts() {
    return restarts;
  }

  /// What the trouble was the last time; empty if there was none.
  String trouble() {
    return trouble;
  }

  /// Fills the rings and activates the device. No buffer may be bound, no frame in flight.
  ///
  /// @return whether the device runs; if not, [#look] tries again
  boolean start() {
    startedAt = nanoTime.getAsLong();
    progressAt = startedAt;
    txBase = tx.framesDone();
    failed = false;
    if (path.fault() != Fault.NONE) {
      path = freshPath();
    }
    up = path.reset() && device.activate();
    if (!up) {
      failed("the device does not start");
      return false;
    }
    // A reset forgets what the guest had set.
    if (!device.mac().equals(mac)) {
      device.setMac(mac);
    }
    device.repeatFilters();
    device.unmaskEvents();
    path.enableInterrupt(Vmxnet3Control.QUEUE_VECTOR);
    return true;
  }

  private PacketPath freshPath() {
    PacketPath fresh = paths.get();
    if (!fresh.init()) {
      throw new IllegalStateException("the built-in plugin declined: " + fresh.fault().what());
    }
    return fresh;
  }

  /// Stops the device and starts it anew; what it has not sent waits again.
  void restart(NapiPoll napi) {
    Optional<DeviceCounters> last = device.stop(Vmxnet3Command.QUIESCE_DEV);
    drain(napi);
    tx.heal();
    last.ifPresent(counters -> tx.settle(txBase + counters.taken(), path.traffic()));
    tx.rewind();
    path.reclaim();
    start();
    napi.route(path);
  }

  /// Takes what a stopped device has left in the rings.
  void drain(NapiPoll napi) {
    napi.drain(path, mostFrames + tx.inFlight());
  }

  /// The device needs to be started anew, as soon as that may be.
  void failed(String what) {
    failed = true;
    trouble = what;
    restarts++;
  }

  /// Called once per poll while the path is in use.
  ///
  /// @return whether to call again soon
  boolean look(NapiPoll napi) {
    if (!failed && path.fault() != Fault.NONE) {
      failed("the device made the built-in plugin fail: " + path.fault().what());
    }
    looks++;
    if (looks % LOOKS != 0) {
      return failed;
    }
    long now = nanoTime.getAsLong();
    if (tx.framesDone() != doneSeen || tx.inFlight() == 0) {
      doneSeen = tx.framesDone();
      progressAt = now;
    } else if (!failed && now - progressAt > SENDS_NANOS) {
      failed("the device does not send");
    }
    if (failed && now - startedAt > PAUSE_NANOS) {
      restart(napi);
    }
    return failed;
  }
}
