// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.lang.foreign.MemorySegment;

/// The ten counters of a queue and its state, as they stand in a queue descriptor.
///
/// TSO frames count after segmentation, under TSO and under unicast alike: drivers add up unicast,
/// multicast and broadcast for their totals. There is no LRO.
final class QueueStatistics {
  private static final int TSO = 0;
  private static final int UNICAST = 2;
  private static final int MULTICAST = 4;
  private static final int BROADCAST = 6;

  /// Transmit: frames that could not be sent. Receive: times the rings ran out of buffers.
  private static final int EIGHT = 8;

  private static final int NINE = 9;
  private static final int COUNTERS = 10;

  private final long[] counters = new long[COUNTERS];
  private final MemorySegment memory;
  private final long descriptor;
  private int error;

  /// @param descriptor offset of the queue descriptor in `memory`
  QueueStatistics(MemorySegment memory, long descriptor) {
    this.memory = memory;
    this.descriptor = descriptor;
  }

  /// Counts a frame by its destination.
  void count(MemorySegment frames, long frame, int lengthBytes) {
    count(MacAddress.read(frames, frame), 1, lengthBytes);
  }

  /// Counts frames of a burst that have the same destination.
  void count(FrameBurst burst, int from, int to) {
    count(burst.firstField(from) >>> 16, to - from, burst.bytes(from, to));
  }

  private void count(long destination, int frames, int bytes) {
    int kind =
        !MacAddress.isGroup(destination)
            ? UNICAST
            : destination == MacAddress.BROADCAST ? BROADCAST : MULTICAST;
    counters[kind] += frames;
    counters[kind + 1] += bytes;
  }

  void countSegments(int segments, int lengthBytes) {
    counters[TSO] += segments;
    counters[TSO + 1] += lengthBytes;
    counters[UNICAST] += segments;
    counters[UNICAST + 1] += lengthBytes;
  }

  void countTxError() {
    counters[EIGHT]++;
  }

  void countOutOfBuffers() {
    counters[EIGHT]++;
  }

  void countRxError() {
    counters[NINE]++;
  }

  /// Marks the queue stopped, here and in its descriptor.
  ///
  /// @param reason one of `QueueDesc.ERROR_*`
  void stop(int reason) {
    error = reason;
    writeStatus();
  }

  boolean isStopped() {
    return error != 0;
  }

  /// GET_QUEUE_STATUS.
  void writeStatus() {
    LittleEndian.setInt(memory, descriptor + QueueDesc.ERROR, error);
    LittleEndian.setByte(memory, descriptor + QueueDesc.STOPPED, isStopped() ? 1 : 0);
  }

  /// GET_STATS.
  void writeCounters() {
    for (int i = 0; i < COUNTERS; i++) {
      write(i, counters[i]);
    }
  }

  /// GET_STATS of a transmit queue while a virtual function does its work. A function does not tell
  /// kinds of frames apart: all count as unicast.
  void writeSent(Vmxnet3Host.FunctionCounters function) {
    clear();
    write(UNICAST, function.framesSent());
    write(UNICAST + 1, function.bytesSent());
    write(EIGHT, function.framesMalformed());
    write(NINE, function.framesForged());
  }

  /// As [#writeSent], of a receive queue.
  void writeReceived(Vmxnet3Host.FunctionCounters function) {
    clear();
    write(UNICAST, function.framesReceived());
    write(UNICAST + 1, function.bytesReceived());
    write(EIGHT, function.framesMissed());
    write(NINE, function.framesRefused());
  }

  private void clear() {
    for (int i = 0; i < COUNTERS; i++) {
      write(i, 0);
    }
  }

  private void write(int counter, long value) {
    LittleEndian.setLong(memory, descriptor + QueueDesc.STATS + 8L * counter, value);
  }
}
