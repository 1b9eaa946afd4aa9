// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.lang.foreign.MemorySegment;

/// A transmit queue: takes frames off the descriptor ring in order, offers them to the uplink,
/// completes those whose last descriptor asks for it.
///
/// A frame of one descriptor without offloads is offered where it lies in guest memory, together
/// with those behind it that are alike ([FrameBurst]); any other is gathered first ([TxFrame]). A
/// frame that the uplink does not take stays at the head of the ring. A descriptor that makes no
/// sense stops the queue until the driver activates the device anew.
final class TxQueue {
  private static final int BURST = FrameBurst.CAPACITY;
  private static final int ETHERNET_AND_TAG_BYTES =
      FrameHeaders.ETHERNET_BYTES + FrameHeaders.TAG_BYTES;

  // What one step found.
  private static final int SENT = 0;
  private static final int EMPTY = 1;
  private static final int BLOCKED = 2;
  private static final int STOPPED = 3;

  private final IommuDomain iommu;
  private final MemorySegment memory;
  private final FramePort uplink;
  private final DeviceEvents events;
  private final CompletionRing completions;
  private final QueueStatistics statistics;
  private final TxFrame frame;
  private final FrameBurst burst = new FrameBurst();
  private final long ring;
  private final int ringSize;
  private int maxFrameBytes;
  private final int vector;
  private int next;
  private int generation = TxDescriptor.GENERATION;
  private long completionsAsked; // Frames of the burst, as bits, whose descriptors ask for one.
  private boolean fetchFaulted;
  private boolean completed;
  private boolean blocked;

  TxQueue(
      DeviceConfiguration.Tx configuration,
      int mtu,
      IommuDomain iommu,
      FramePort uplink,
      DeviceEvents events,
      TxScratch scratch) {
    this.iommu = iommu;
    this.memory = iommu.memory();
    this.uplink = uplink;
    this.events = events;
    this.ring = configuration.ring();
    this.ringSize = configuration.ringSize();
    this.vector = configuration.vector();
    this.maxFrameBytes = mtu + ETHERNET_AND_TAG_BYTES;
    this.frame = new TxFrame(iommu, ring, ringSize, maxFrameBytes, scratch);
    this.completions =
        new CompletionRing(memory, configuration.completions(), configuration.completionSize());
    this.statistics = new QueueStatistics(memory, configuration.descriptor());
    statistics.writeStatus();
    // The driver rings for every frame it hands over.
    LittleEndian.setInt(memory, configuration.descriptor() + QueueDesc.TX_THRESHOLD, 1);
  }

  QueueStatistics statistics() {
    return statistics;
  }

  /// Allows longer frames. Never shorter ones: what is on the ring was right when it was put there,
  /// and a frame too long would stop the queue.
  void allowMtu(int mtu) {
    maxFrameBytes = Math.max(maxFrameBytes, mtu + ETHERNET_AND_TAG_BYTES);
    frame.maxFrameBytes(maxFrameBytes);
  }

  /// Sends a burst.
  ///
  /// @return whether a frame left the ring
  boolean poll() {
    if (statistics.isStopped()) {
      return false;
    }
    int frames = 0;
    int step = SENT;
    while (frames < BURST && step == SENT) {
      int fetched = frame.isGathered() ? 0 : fetch(BURST - frames);
      if (fetched != 0) {
        int sent = sendFetched(fetched);
        frames += sent;
        step = sent == fetched ? SENT : BLOCKED;
      } else if (!fetchFaulted) {
        step = sendNext();
        frames += step == SENT ? 1 : 0;
      }
      if (fetchFaulted && step == SENT) {
        step = stop(QueueDesc.ERROR_TXD_INVALID);
      }
    }
    blocked = step == BLOCKED;
    if (frames != 0 || blocked) {
      uplink.flush();
    }
    if (completed) {
      completed = false;
      events.interrupt(vector);
    }
    return frames != 0;
  }

  /// Sends all frames that are on the ring now, however many bursts it takes; frames that the
  /// driver adds meanwhile cannot make it endless.
  ///
  /// @return false if the uplink did not take all of them
  boolean drain() {
    for (int burst = 0; burst <= ringSize / BURST && poll(); burst++) {
      // Each poll sends a burst.
    }
    return !blocked;
  }

  private int sendNext() {
    long descriptor = ring + (long) next * TxDescriptor.SIZE_BYTES;
    // Acquire: the driver flips this generation last; all the frame's descriptors are behind it.
    int word2 = LittleEndian.getIntAcquire(memory, descriptor + TxDescriptor.WORD2);
    if ((word2 & TxDescriptor.GENERATION) != generation) {
      return EMPTY;
    }
    int word3 = LittleEndian.getInt(memory, descriptor + TxDescriptor.WORD3);
    if (!TxDescriptor.isPlain(word2, word3)) {
      return sendGathered(word2, word3);
    }
    int lengthBytes = TxDescriptor.lengthBytes(word2);
    if (lengthBytes > maxFrameBytes) {
      return stop(QueueDesc.ERROR_BIG_PACKET);
    }
    long address = LittleEndian.getLong(memory, descriptor + TxDescriptor.ADDRESS);
    long offset = iommu.translate(address, lengthBytes, IommuDomain.READ);
    if (offset == IommuDomain.FAULT) {
      return stop(QueueDesc.ERROR_TXD_INVALID);
    }
    if (lengthBytes < FrameHeaders.ETHERNET_BYTES) {
      statistics.countTxError();
    } else if (uplink.offer(memory, offset, lengthBytes)) {
      statistics.count(memory, offset, lengthBytes);
    } else {
      return BLOCKED;
    }
    finish(1, word3);
    return SENT;
  }

  private int sendGathered(int word2, int word3) {
    if (!frame.isGathered()) {
      int error = frame.gather(next, generation, word2, word3);
      if (error != TxFrame.OK) {
        return stop(error);
      }
    }
    if (!frame.send(uplink, statistics)) {
      return BLOCKED;
    }
    finish(frame.descriptors(), frame.lastWord3());
    return SENT;
  }

  private void finish(int descriptors, int lastWord3) {
    int last = next + descriptors - 1;
    next = last + 1;
    if (next >= ringSize) {
      next -= ringSize;
      generation ^= TxDescriptor.GENERATION;
    }
    if ((lastWord3 & TxDescriptor.COMPLETION_REQUESTED) != 0) {
      completions.completeTransmit(last >= ringSize ? last - ringSize : last);
      completed = true;
    }
  }

  /// Reads the descriptors from the next one on, as long as each is a plain frame that may be sent;
  /// the one that ends that is left to [#sendNext].
  ///
  /// @param most frames, at most a burst's capacity
  /// @return number of frames in [#burst]; [#fetchFaulted] tells whether the next one faulted
  private int fetch(int most) {
    fetchFaulted = false;
    int limit = Math.min(most, ringSize - next);
    long asking = 0;
    int bytes = 0;
    int shortest = Integer.MAX_VALUE;
    int count = 0;
    for (; count < limit; count++) {
      long descriptor = ring + (long) (next + count) * TxDescriptor.SIZE_BYTES;
      // Acquire: as in sendNext.
      int word2 = LittleEndian.getIntAcquire(memory, descriptor + TxDescriptor.WORD2);
      int word3 = LittleEndian.getInt(memory, descriptor + TxDescriptor.WORD3);
      int length = TxDescriptor.lengthBytes(word2);
      if ((word2 & TxDescriptor.GENERATION) != generation
          || !TxDescriptor.isPlain(word2, word3)
          || length < FrameBurst.SHORTEST_BYTES
          || length > maxFrameBytes) {
        break;
      }
      long address = LittleEndian.getLong(memory, descriptor + TxDescriptor.ADDRESS);
      long offset = iommu.translate(address, length, IommuDomain.READ);
      if (offset == IommuDomain.FAULT) {
        fetchFaulted = true;
        break;
      }
      burst.set(count, memory, offset, length, bytes);
      bytes += length;
      shortest = Math.min(shortest, length);
      asking |= (word3 & TxDescriptor.COMPLETION_REQUESTED) != 0 ? 1L << count : 0;
    }
    burst.end(count, bytes, shortest);
    completionsAsked = asking;
    return count;
  }

  /// @return number of frames that the uplink took
  private int sendFetched(int fetched) {
    int sent = 0;
    while (sent < fetched) {
      int taken = uplink.offer(memory, burst, sent, fetched);
      if (taken == 0) {
        if (!uplink.offer(memory, burst.offset(sent), burst.length(sent))) {
          break;
        }
        taken = 1;
      }
      statistics.count(burst, sent, sent + taken);
      sent += taken;
    }
    finishFetched(sent);
    return sent;
  }

  private void finishFetched(int frames) {
    long asked = frames == Long.SIZE ? completionsAsked : completionsAsked & (1L << frames) - 1;
    for (long rest = asked; rest != 0; rest &= rest - 1) {
      completions.completeTransmit(next + Long.numberOfTrailingZeros(rest));
      completed = true;
    }
    next += frames;
    if (next == ringSize) {
      next = 0;
      generation ^= TxDescriptor.GENERATION;
    }
  }

  private int stop(int error) {
    statistics.countTxError();
    statistics.stop(error);
    events.add(DriverShared.EVENT_TX_QUEUE_ERROR);
    return STOPPED;
  }
}
