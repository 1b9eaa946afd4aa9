// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.util.Optional;

/// What the device says it has done with the queue pair since it was activated: the counters in the
/// queue descriptors. In passthrough they are the virtual function's, put there by the hypervisor.
///
/// @param sent frames that left the transmit queue for the network
/// @param sentBytes their bytes, padded to 60
/// @param malformed frames that the device took off the queue and dropped: they made no sense
/// @param discarded frames that it dropped for other reasons, as for a forged source address
/// @param received frames that the device has written to buffers
/// @param receivedBytes their bytes
/// @param missed frames for which the device had no buffer
public record DeviceCounters(
    long sent,
    long sentBytes,
    long malformed,
    long discarded,
    long received,
    long receivedBytes,
    long missed) {

  /// Stands in a counter until the device writes it.
  private static final long UNWRITTEN = -1;

  private static final int UNICAST = 2;
  private static final int MULTICAST = 4;
  private static final int BROADCAST = 6;
  private static final int ERRORS = 8;
  private static final int DISCARDED = 9;

  /// No device counts higher; sums of such numbers do not overflow.
  private static final long MOST = 1L << 56;

  /// Frames that the device will not send any more.
  public long taken() {
    return sent + malformed + discarded;
  }

  /// Marks the counters, so that old ones are not taken for new.
  static void forget(SharedMemory txQueue, SharedMemory rxQueue) {
    txQueue.write64(at(UNICAST), UNWRITTEN);
    rxQueue.write64(at(UNICAST), UNWRITTEN);
  }

  /// @return empty if the device has not written them, or not sensibly
  static Optional<DeviceCounters> read(SharedMemory txQueue, SharedMemory rxQueue) {
    DeviceCounters read =
        new DeviceCounters(
            frames(txQueue),
            bytes(txQueue),
            txQueue.read64(at(ERRORS)),
            txQueue.read64(at(DISCARDED)),
            frames(rxQueue),
            bytes(rxQueue),
            rxQueue.read64(at(ERRORS)));
    return read.isSensible() ? Optional.of(read) : Optional.empty();
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
