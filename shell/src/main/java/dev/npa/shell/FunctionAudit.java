// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.Traffic;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.vmxnet3.DeviceCounters;
import dev.npa.shell.vmxnet3.Vmxnet3Control;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Compares what a plugin says with what its device has counted, while a virtual function runs and
/// when it ends.
///
/// The shell's own checks hold a plugin to its buffers; that it really sent and received only the
/// device knows. While there is traffic the counters are asked for ten times a second, else once.
/// Both sides of a comparison are consistent: the shell's numbers stand still meanwhile, and a
/// plugin learns of nothing before the device has counted it.
///
/// It also is what Linux calls the transmit watchdog: a function without progress is given up.
final class FunctionAudit {
  private static final long BUSY_PERIOD_NANOS = 100_000_000L;
  private static final long QUIET_PERIOD_NANOS = 10_000_000L;
  private static final long IDLE_PERIOD_NANOS = 1_000_000_000L;

  /// How long a plugin may know of what the device has done, and keep it.
  static final long KEEPS_NANOS = 500_000_000L;

  /// How long a function may take to send. It never waits for anybody: the switch sends or drops.
  private static final long SENDS_NANOS = 1_000_000_000L;

  /// Looks between two looks at the clock.
  private static final int LOOKS = 64;

  private final Vmxnet3Control device;
  private final TxLedger tx;
  private final Traffic traffic;
  private final LongSupplier nanoTime;
  private final long txBase;
  private final long txBytesBase;
  private final long txDoneBytesBase;
  private final long rxBase;
  private final long rxBytesBase;
  private int looks;
  private boolean active = true;
  private long lastAudit;
  private long sentSeen;
  private long sentProgressAt;
  private long receivedSeen;
  private long receivedProgressAt;
  private long handedOverSeen;
  private long handedOverProgressAt;
  private long missedSeen;
  private long refilledAt;

  /// For a function that starts now.
  FunctionAudit(Vmxnet3Control device, TxLedger tx, Traffic traffic, LongSupplier nanoTime) {
    this.device = device;
    this.tx = tx;
    this.traffic = traffic;
    this.nanoTime = nanoTime;
    this.txBase = tx.framesDone();
    this.txBytesBase = tx.bytesHandedOver();
    this.txDoneBytesBase = traffic.bytesSent();
    this.rxBase = traffic.framesReceived();
    this.rxBytesBase = traffic.bytesReceived();
    this.lastAudit = nanoTime.getAsLong();
    this.sentProgressAt = lastAudit;
    this.receivedProgressAt = lastAudit;
    this.handedOverProgressAt = lastAudit;
    this.refilledAt = lastAudit;
  }

  /// Called once per poll.
  ///
  /// @param polled whether the function was polled in this round
  /// @return what is wrong, or [Fault#NONE]
  Fault look(boolean polled) {
    active |= polled;
    looks++;
    if (looks % LOOKS != 0) {
      return Fault.NONE;
    }
    long now = nanoTime.getAsLong();
    if (now - lastAudit < period(polled)) {
      return Fault.NONE;
    }
    lastAudit = now;
    active = polled;
    Optional<DeviceCounters> counters = device.counters();
    return counters.isPresent() ? audit(counters.get(), now) : Fault.NONE;
  }

  /// Whether the shell should look again although there is nothing else to do: nobody else would
  /// wake it if the plugin kept something for itself.
  boolean isDue() {
    return active || tx.inFlight() != 0 || tx.waiting() != 0;
  }

  private long period(boolean polled) {
    if (!isDue()) {
      return IDLE_PERIOD_NANOS;
    }
    return polled ? BUSY_PERIOD_NANOS : QUIET_PERIOD_NANOS;
  }

  private Fault audit(DeviceCounters counters, long now) {
    Fault contradiction = contradiction(counters);
    return contradiction == Fault.NONE ? standstill(counters, now) : contradiction;
  }

  /// What the plugin has said that the device knows to be false.
  Fault contradiction(DeviceCounters counters) {
    long completed = tx.framesDone() - txBase;
    long handedOver = tx.framesHandedOver() - txBase;
    long indicated = traffic.framesReceived() - rxBase;
    long indicatedBytes = traffic.bytesReceived() - rxBytesBase;
    if (completed > counters.taken()) {
      return Fault.FALSE_COMPLETION;
    }
    if (counters.taken() > handedOver) {
      return Fault.UNASKED_FRAMES;
    }
    if (counters.malformed() != 0) {
      return Fault.MALFORMED_FRAMES; // What the shell hands over, every device can send.
    }
    if (indicated > counters.received()) {
      return Fault.INVENTED_FRAMES;
    }
    if (contradicts(indicated == counters.received(), indicatedBytes, counters.receivedBytes())) {
      return Fault.WRONG_LENGTHS;
    }
    long handedOverBytes = tx.bytesHandedOver() - txBytesBase;
    long completedBytes = traffic.bytesSent() - txDoneBytesBase;
    boolean tooFew = counters.discarded() == 0 && counters.sentBytes() < completedBytes;
    return tooFew
            || contradicts(counters.sent() == handedOver, counters.sentBytes(), handedOverBytes)
        ? Fault.WRONG_SEND_LENGTHS
        : Fault.NONE;
  }

  /// Bytes of some frames against those of as many or more frames.
  private static boolean contradicts(boolean asMany, long bytes, long mostBytes) {
    return bytes > mostBytes || asMany && bytes != mostBytes;
  }

  private Fault standstill(DeviceCounters counters, long now) {
    Fault sending = sendingStands(counters, now);
    return sending == Fault.NONE ? receivingStands(counters, now) : sending;
  }

  private Fault sendingStands(DeviceCounters counters, long now) {
    long completed = tx.framesDone() - txBase;
    if (completed != sentSeen || tx.inFlight() == 0) {
      sentSeen = completed;
      sentProgressAt = now;
    }
    long handedOver = tx.framesHandedOver() - txBase;
    if (handedOver != handedOverSeen || tx.inFlight() != 0 || tx.waiting() == 0) {
      handedOverSeen = handedOver;
      handedOverProgressAt = now;
    }
    if (now - sentProgressAt > KEEPS_NANOS && counters.taken() > completed) {
      return Fault.SENT_NOT_REPORTED;
    }
    // With nothing in flight its ring has room; then to refuse frames is to keep them.
    return now - sentProgressAt > SENDS_NANOS || now - handedOverProgressAt > KEEPS_NANOS
        ? Fault.NOT_SENT
        : Fault.NONE;
  }

  private Fault receivingStands(DeviceCounters counters, long now) {
    long indicated = traffic.framesReceived() - rxBase;
    if (indicated != receivedSeen || counters.missed() == missedSeen) {
      missedSeen = counters.missed();
      refilledAt = now;
    }
    if (indicated != receivedSeen || indicated == counters.received()) {
      receivedSeen = indicated;
      receivedProgressAt = now;
    }
    if (now - receivedProgressAt > KEEPS_NANOS) {
      return Fault.NOT_INDICATED;
    }
    return now - refilledAt > KEEPS_NANOS ? Fault.NOT_REFILLED : Fault.NONE;
  }

  /// Ends the books: what is in flight is sent, or it waits to be sent again, as the device says.
  ///
  /// @param last the device's last word
  Reconciliation settle(Optional<DeviceCounters> last) {
    tx.heal();
    if (last.isEmpty()) {
      return Reconciliation.unknown(tx.rewind());
    }
    DeviceCounters counters = last.get();
    long completed = tx.framesDone() - txBase;
    long handedOver = tx.framesHandedOver() - txBase;
    long indicated = traffic.framesReceived() - rxBase;
    int settled = tx.settle(txBase + counters.taken(), traffic);
    return new Reconciliation(
        true,
        settled,
        tx.rewind(),
        Math.max(0, completed - counters.taken()),
        Math.max(0, counters.taken() - handedOver),
        Math.max(0, counters.received() - indicated),
        Math.max(0, indicated - counters.received()));
  }
}
