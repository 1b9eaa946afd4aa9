// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FramePort;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.offload.InternetChecksum;
import dev.npa.nic.offload.TcpSegmentation;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import java.lang.foreign.MemorySegment;

/// A frame gathered from its descriptors into memory of the device, with its offloads applied.
///
/// It keeps its place if the uplink does not take it, or not all of its segments, so that it is
/// gathered once however often it is offered.
final class TxFrame {
  /// [#gather]: the frame is complete.
  static final int OK = 0;

  private static final int MAX_CHECKSUM_FIELD = 1024;

  private final IommuDomain iommu;
  private final MemorySegment memory;
  private final long ring;
  private final int ringSize;
  private int maxFrameBytes;
  private final MemorySegment buffer;
  private final TcpSegmentation segmentation;

  private boolean gathered;
  private boolean segmented;
  private boolean unsendable;
  private int descriptors;
  private int lastWord3;
  private long start;
  private int lengthBytes;

  TxFrame(IommuDomain iommu, long ring, int ringSize, int maxFrameBytes, TxScratch scratch) {
    this.iommu = iommu;
    this.memory = iommu.memory();
    this.ring = ring;
    this.ringSize = ringSize;
    this.maxFrameBytes = maxFrameBytes;
    this.buffer = scratch.buffer();
    this.segmentation = scratch.segmentation();
  }

  void maxFrameBytes(int bytes) {
    maxFrameBytes = bytes;
  }

  /// Whether a frame waits to be sent.
  boolean isGathered() {
    return gathered;
  }

  int descriptors() {
    return descriptors;
  }

  /// Word 3 of the frame's last descriptor.
  int lastWord3() {
    return lastWord3;
  }

  /// Gathers the frame that begins at a descriptor.
  ///
  /// @param firstWord2 words 2 and 3 of the first descriptor, as read
  /// @return [#OK] or why the queue must stop, `QueueDesc.ERROR_*`
  int gather(int first, int generation, int firstWord2, int firstWord3) {
    boolean tso = TxDescriptor.mode(firstWord3) == TxDescriptor.MODE_TSO;
    int maxDescriptors = tso ? TxDescriptor.MAX_PER_TSO_FRAME : TxDescriptor.MAX_PER_FRAME;
    int maxBytes = tso ? TxScratch.MAX_TSO_BYTES : maxFrameBytes;
    int index = first;
    int expected = generation;
    int word2 = firstWord2;
    int word3 = firstWord3;
    int length = 0;
    for (int count = 1; ; count++) {
      if ((word2 & TxDescriptor.DTYPE) != 0) {
        return QueueDesc.ERROR_DESC_NOT_SUPPORTED;
      }
      int bytes = TxDescriptor.lengthBytes(word2);
      if (bytes > maxBytes - length) {
        return QueueDesc.ERROR_BIG_PACKET;
      }
      long descriptor = ring + (long) index * TxDescriptor.SIZE_BYTES;
      long address = LittleEndian.getLong(memory, descriptor + TxDescriptor.ADDRESS);
      long offset = iommu.translate(address, bytes, IommuDomain.READ);
      if (offset == IommuDomain.FAULT) {
        return QueueDesc.ERROR_TXD_INVALID;
      }
      MemorySegment.copy(memory, offset, buffer, TxScratch.START + length, bytes);
      length += bytes;
      if ((word3 & TxDescriptor.EOP) != 0) {
        descriptors = count;
        lastWord3 = word3;
        return prepare(length, firstWord2, firstWord3);
      }
      if (count == maxDescriptors) {
        return QueueDesc.ERROR_NO_EOP;
      }
      if (++index == ringSize) {
        index = 0;
        expected ^= TxDescriptor.GENERATION;
      }
      descriptor = ring + (long) index * TxDescriptor.SIZE_BYTES;
      word2 = LittleEndian.getInt(memory, descriptor + TxDescriptor.WORD2);
      word3 = LittleEndian.getInt(memory, descriptor + TxDescriptor.WORD3);
      if ((word2 & TxDescriptor.GENERATION) != expected) {
        return QueueDesc.ERROR_NO_EOP;
      }
    }
  }

  private int prepare(int gatheredBytes, int word2, int word3) {
    start = TxScratch.START;
    lengthBytes = gatheredBytes;
    segmented = false;
    unsendable = gatheredBytes < FrameHeaders.ETHERNET_BYTES;
    int headerBytes = TxDescriptor.headerBytes(word3);
    int field = TxDescriptor.mssOrChecksum(word2);
    int mode = TxDescriptor.mode(word3);
    if (mode == TxDescriptor.MODE_CHECKSUM) {
      if (headerBytes < FrameHeaders.ETHERNET_BYTES
          || field < headerBytes
          || field > MAX_CHECKSUM_FIELD
          || field > gatheredBytes - 2) {
        return QueueDesc.ERROR_TXD_INVALID;
      }
      InternetChecksum.fill(buffer, start, lengthBytes, headerBytes, field);
    } else if (mode == TxDescriptor.MODE_TSO) {
      if (field == 0 || headerBytes >= gatheredBytes) {
        return QueueDesc.ERROR_TXD_INVALID;
      }
      if (headerBytes + field > maxFrameBytes) {
        return QueueDesc.ERROR_BIG_PACKET;
      }
    } else if (mode != TxDescriptor.MODE_NONE) {
      return QueueDesc.ERROR_DESC_NOT_SUPPORTED;
    }
    if ((word3 & TxDescriptor.TAG_INSERT) != 0 && !unsendable) {
      insertTag(TxDescriptor.tag(word3));
      headerBytes += FrameHeaders.TAG_BYTES;
    }
    if (mode == TxDescriptor.MODE_TSO && !unsendable) {
      segmented = segmentation.begin(buffer, start, lengthBytes, headerBytes, field);
      unsendable = !segmented;
    } else if (lengthBytes > maxFrameBytes) {
      return QueueDesc.ERROR_BIG_PACKET;
    }
    gathered = true;
    return OK;
  }

  private void insertTag(int tag) {
    start -= FrameHeaders.TAG_BYTES;
    lengthBytes += FrameHeaders.TAG_BYTES;
    MemorySegment.copy(
        buffer, start + FrameHeaders.TAG_BYTES, buffer, start, FrameHeaders.ETHER_TYPE);
    FrameHeaders.setTag(buffer, start, tag);
  }

  /// Offers the frame, or the segments that are left of it, and counts what went.
  ///
  /// @return whether the frame is done with; if not, call again later
  boolean send(FramePort uplink, QueueStatistics statistics) {
    if (unsendable) {
      statistics.countTxError();
    } else if (segmented) {
      if (!segmentation.send(uplink)) {
        return false;
      }
      statistics.countSegments(segmentation.segments(), segmentation.sentFrameBytes());
    } else {
      if (!uplink.offer(buffer, start, lengthBytes)) {
        return false;
      }
      statistics.count(buffer, start, lengthBytes);
    }
    gathered = false;
    return true;
  }
}
