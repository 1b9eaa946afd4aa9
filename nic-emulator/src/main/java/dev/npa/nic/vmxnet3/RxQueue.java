// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// A receive queue: copies a frame into one head buffer and as many body buffers as it takes, then
/// writes one completion per buffer.
///
/// A frame is placed whole or not at all. Buffers of the wrong type are skipped and stay unused, as
/// the driver expects. A buffer outside guest memory stops the queue.
final class RxQueue {
  /// [#place]: nothing happened.
  static final long NOT_PLACED = -1;

  /// Buffers per frame at most.
  static final int MAX_FRAGMENTS = 64;

  private static final int MIN_FRAME_BYTES = 60; // Without FCS.

  // What collecting buffers found.
  private static final int COLLECTED = 0;
  private static final int NO_BUFFER = 1;
  private static final int TOO_MANY = 2;

  private final IommuDomain iommu;
  private final MemorySegment memory;
  private final DeviceEvents events;
  private final QueueStatistics statistics;
  private final CompletionRing completions;
  private final RxRing ring0;
  private final RxRing ring1;
  private final long descriptor;
  private final int vector;
  private final int queueId;
  private final int ring1QueueId;
  private final int maxFragments;

  // The buffers of the frame being placed.
  private final long[] offsets = new long[MAX_FRAGMENTS];
  private final int[] sizes = new int[MAX_FRAGMENTS];
  private final int[] origins = new int[MAX_FRAGMENTS]; // completion word 0: index and queue id
  private int fragments;

  private boolean starved;
  private boolean completed;

  RxQueue(int queue, DeviceConfiguration configuration, IommuDomain iommu, DeviceEvents events) {
    DeviceConfiguration.Rx place = configuration.rxQueues().get(queue);
    this.iommu = iommu;
    this.memory = iommu.memory();
    this.events = events;
    this.descriptor = place.descriptor();
    this.vector = place.vector();
    this.queueId = queue << RxCompletion.QUEUE_SHIFT;
    this.ring1QueueId = queue + configuration.rxQueues().size() << RxCompletion.QUEUE_SHIFT;
    this.maxFragments = configuration.maxRxFragments();
    this.ring0 = new RxRing(memory, place.ring0(), place.ring0Size());
    this.ring1 = new RxRing(memory, place.ring1(), place.ring1Size());
    this.completions = new CompletionRing(memory, place.completions(), place.completionSize());
    this.statistics = new QueueStatistics(memory, descriptor);
    statistics.writeStatus();
    askForDoorbell(false);
  }

  QueueStatistics statistics() {
    return statistics;
  }

  /// The guest's.
  MemorySegment memory() {
    return memory;
  }

  /// Places a frame.
  ///
  /// @param stripped whether to leave out the VLAN tag
  /// @param word0 RSS type and "checksum not calculated" for the completion
  /// @param word2 tag for the completion, 0 if none was stripped
  /// @param word3 what was found out about the frame
  /// @return false if there is no buffer now
  boolean offer(
      MemorySegment source,
      long frame,
      int lengthBytes,
      boolean stripped,
      int word0,
      int hash,
      int word2,
      int word3) {
    if (statistics.isStopped()) {
      statistics.countRxError();
      return true;
    }
    int bytes = stripped ? lengthBytes - FrameHeaders.TAG_BYTES : lengthBytes;
    int padded = Math.max(bytes, MIN_FRAME_BYTES);
    int found = collect(padded);
    if (found == NO_BUFFER) {
      found = starve(padded);
    }
    if (found == NO_BUFFER) {
      return false;
    }
    if (found != COLLECTED) {
      statistics.countRxError();
      if (found != TOO_MANY) {
        stop(found);
      }
      return true;
    }
    if (starved) {
      starved = false;
      askForDoorbell(false);
    }
    place(source, frame, bytes, padded, stripped);
    complete(padded, word0, hash, word2, word3);
    statistics.count(source, frame, lengthBytes);
    return true;
  }

  /// Places one frame of a burst, untagged, if the next buffer is one that it fits into, which
  /// nearly all are. [#complete(int, int, int)] must follow.
  ///
  /// @return where it begins in guest memory, or [#NOT_PLACED]: [#offer] goes on from there
  long place(MemorySegment source, FrameBurst burst, int frame) {
    ring0.rewind();
    int word2 = ring0.word2();
    int size = RxDescriptor.lengthBytes(word2);
    int lengthBytes = burst.length(frame);
    if (!ring0.owns(word2)
        || (word2 & RxDescriptor.BODY) != 0
        || size < Math.max(lengthBytes, RxDescriptor.MIN_HEAD_BYTES)
        || starved
        || statistics.isStopped()) {
      return NOT_PLACED;
    }
    long to = iommu.translate(ring0.address(), size, IommuDomain.WRITE);
    if (to == IommuDomain.FAULT) {
      stop(QueueDesc.ERROR_TXD_INVALID);
      return NOT_PLACED;
    }
    long offset = burst.offset(frame);
    FrameBurst.copy(
        source, offset, memory, to, lengthBytes, burst.first(frame), burst.second(frame));
    for (int i = lengthBytes; i < MIN_FRAME_BYTES; i++) {
      LittleEndian.setByte(memory, to + i, 0);
    }
    return to;
  }

  /// Completes what [#place] has placed.
  ///
  /// @param word0 "checksum not calculated"
  /// @param word3 what was found out about the frame
  void complete(int lengthBytes, int word0, int word3) {
    int origin = ring0.cursor() | queueId | RxCompletion.SOP | RxCompletion.EOP | word0;
    int padded = Math.max(lengthBytes, MIN_FRAME_BYTES);
    completions.complete(origin, 0, padded, word3 | RxCompletion.TYPE);
    ring0.step();
    ring0.consume();
    completed = true;
  }

  /// Ends a burst: one interrupt for all frames placed.
  void flush() {
    if (completed) {
      completed = false;
      events.interrupt(vector);
    }
  }

  private int collect(int needed) {
    ring0.rewind();
    ring1.rewind();
    fragments = 0;
    int word2 = ring0.word2();
    for (int skipped = 0; ring0.owns(word2) && (word2 & RxDescriptor.BODY) != 0; skipped++) {
      if (skipped == ring0.size()) {
        return NO_BUFFER;
      }
      ring0.step();
      word2 = ring0.word2();
    }
    if (!ring0.owns(word2)) {
      return NO_BUFFER;
    }
    if (RxDescriptor.lengthBytes(word2) < RxDescriptor.MIN_HEAD_BYTES) {
      return QueueDesc.ERROR_SMALL_BUFFER;
    }
    int error = take(ring0, word2, queueId);
    int left = needed - sizes[0];
    while (error == COLLECTED && left > 0) {
      if (fragments == maxFragments) {
        return TOO_MANY;
      }
      error = takeBody();
      if (error == COLLECTED) {
        left -= sizes[fragments - 1];
      }
    }
    return error;
  }

  private int takeBody() {
    int word2 = ring0.word2();
    if (ring0.owns(word2) && (word2 & RxDescriptor.BODY) != 0) {
      return take(ring0, word2, queueId);
    }
    if (ring1.size() == 0) {
      // A head buffer in the way stays there until a frame uses it: no use in waiting.
      return ring0.owns(word2) ? TOO_MANY : NO_BUFFER;
    }
    word2 = ring1.word2();
    for (int skipped = 0; ring1.owns(word2) && (word2 & RxDescriptor.BODY) == 0; skipped++) {
      if (skipped == ring1.size()) {
        return NO_BUFFER;
      }
      ring1.step();
      word2 = ring1.word2();
    }
    return ring1.owns(word2) ? take(ring1, word2, ring1QueueId) : NO_BUFFER;
  }

  private int take(RxRing ring, int word2, int id) {
    int size = RxDescriptor.lengthBytes(word2);
    if (size == 0) {
      return QueueDesc.ERROR_SMALL_BUFFER;
    }
    long offset = iommu.translate(ring.address(), size, IommuDomain.WRITE);
    if (offset == IommuDomain.FAULT) {
      return QueueDesc.ERROR_TXD_INVALID;
    }
    offsets[fragments] = offset;
    sizes[fragments] = size;
    origins[fragments] = ring.cursor() | id;
    fragments++;
    ring.step();
    return COLLECTED;
  }

  private void place(MemorySegment source, long frame, int bytes, int padded, boolean stripped) {
    int first = Math.min(bytes, sizes[0]);
    long from = frame;
    if (stripped) {
      // A head buffer is longer than both addresses.
      MemorySegment.copy(source, frame, memory, offsets[0], FrameHeaders.ETHER_TYPE);
      from += FrameHeaders.TAG_BYTES;
      MemorySegment.copy(
          source,
          from + FrameHeaders.ETHER_TYPE,
          memory,
          offsets[0] + FrameHeaders.ETHER_TYPE,
          first - FrameHeaders.ETHER_TYPE);
    } else {
      MemorySegment.copy(source, from, memory, offsets[0], first);
    }
    for (int i = bytes; i < padded; i++) {
      LittleEndian.setByte(memory, offsets[0] + i, 0);
    }
    int done = first;
    for (int i = 1; done < bytes; i++) {
      int part = Math.min(bytes - done, sizes[i]);
      MemorySegment.copy(source, from + done, memory, offsets[i], part);
      done += part;
    }
  }

  private void complete(int padded, int word0, int hash, int word2, int word3) {
    int left = padded;
    int flags = RxCompletion.SOP;
    for (int i = 0; i < fragments - 1; i++) {
      completions.complete(origins[i] | flags, 0, sizes[i], RxCompletion.TYPE);
      left -= sizes[i];
      flags = 0;
    }
    int last = origins[fragments - 1] | flags | RxCompletion.EOP | word0;
    completions.complete(last, hash, left | word2, word3 | RxCompletion.TYPE);
    ring0.consume();
    ring1.consume();
    completed = true;
  }

  /// Asks the driver to ring when it has put buffers, then looks again: it may have put some before
  /// it could see that it is asked.
  private int starve(int needed) {
    if (!starved) {
      starved = true;
      statistics.countOutOfBuffers();
      askForDoorbell(true);
      VarHandle.fullFence(); // Store of the request before load of the generation.
    }
    return collect(needed);
  }

  private void askForDoorbell(boolean ask) {
    LittleEndian.setByte(memory, descriptor + QueueDesc.RX_UPDATE_PROD, ask ? 1 : 0);
  }

  private void stop(int error) {
    statistics.stop(error);
    events.add(DriverShared.EVENT_RX_QUEUE_ERROR);
  }
}
