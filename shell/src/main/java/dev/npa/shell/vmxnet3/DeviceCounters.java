// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.util.Optional;

/// What the device says it has done with the queue pair since it was activated: the counters in the
/// queue descriptors. In passthrough they are the virtual function's, put there by the hypervisor.
///
/// They are copied once, so that a device cannot change them between two looks, and in place: they
/// are asked for while traffic runs.
public final class DeviceCounters {
  /// Stands in a counter until the device writes it.
  private static final long UNWRITTEN = -1;

  private static final int UNICAST = 2;
  private static final int MULTICAST = 4;
  private static final int BROADCAST = 6;
  private static final int ERRORS = 8;
  private static final int DISCARDED = 9;

  /// No device counts higher; sums of such numbers do not overflow.
  private static final long MOST = 1L << 56;

  private final SharedMemory txQueue;
  private final SharedMemory rxQueue;
  private final Optional<DeviceCounters> known = Optional.of(this);
  private long sent;
  private long sentBytes;
  private long malformed;
  private long discarded;
  private long received;
  private long receivedBytes;
  private long missed;

  DeviceCounters(SharedMemory txQueue, SharedMemory rxQueue) {
    this.txQueue = txQueue;
    this.rxQueue = rxQueue;
  }

  /// Marks the counters, so that old ones are not taken for new.
  void forget() {
    txQueue.write64(at(UNICAST), UNWRITTEN);
    rxQueue.write64(at(UNICAST), UNWRITTEN);
  }

  /// @return empty if the device has not written them, or not sensibly
  Optional<DeviceCounters> read() {
    sent = frames(txQueue);
    sentBytes = bytes(txQueue);
    malformed = txQueue.read64(at(ERRORS));
    discarded = txQueue.read64(at(DISCARDED));
    received = frames(rxQueue);
    receivedBytes = bytes(rxQueue);
    missed = rxQueue.read64(at(ERRORS));
    return isSensible() ? known : Optional.empty();
  }

  /// Frames that left the transmit queue for the network.
  public long sent() {
    return sent;
  }

  /// Their bytes, padded to 60.
  public long sentBytes() {
    return sentBytes;
  }

  /// Frames that the device took off the queue and dropped: they made no sense.
  public long malformed() {
    return malformed;
  }

  /// Frames that it dropped for other reasons, as for a forged source address.
  public long discarded() {
    return discarded;
  }

  /// Frames that the device will not send any more.
  public long taken() {
    return sent + malformed + discarded;
  }

  /// Frames that the device has written to buffers.
  public long received() {
    return received;
  }

  /// Their bytes.
  public long receivedBytes() {
    return receivedBytes;
  }

  /// Frames for which the device had no buffer.
  public long missed() {
    return missed;
  }

  private boolean isSensible() {
    return isSensible(sent)
        && isSensible(sentBytes)
        && isSensible(malformed)
        && isSensible(discarded)
        && isSensible(received)
        && isSensible(receivedBytes)
        && isSensible(missed);
  }

  private static boolean isSensible(long counter) {
    return counter >= 0 && counter <= MOST;
  }

  private static long frames(SharedMemory queue) {
    return queue.read64(at(UNICAST)) + queue.read64(at(MULTICAST)) + queue.read64(at(BROADCAST));
  }

  private static long bytes(SharedMemory queue) {
    return queue.read64(at(UNICAST + 1))
        + queue.read64(at(MULTICAST + 1))
        + queue.read64(at(BROADCAST + 1));
  }

  private static int at(int counter) {
    return QueueDesc.STATS + 8 * counter;
  }
}
