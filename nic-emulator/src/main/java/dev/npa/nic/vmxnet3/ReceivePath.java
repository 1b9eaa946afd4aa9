// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// What happens to a frame for the guest before it reaches a queue: filter, checksums, tag, RSS.
final class ReceivePath implements FramePort {
  private static final RxQueue[] NO_QUEUES = {};

  private final RxFilter filter;
  private final BusMaster busMaster;
  private final FrameHeaders headers = new FrameHeaders();
  private RxQueue[] queues = NO_QUEUES;
  private int maxFrameBytes;
  private boolean verifyChecksums;
  private boolean stripTags;
  private Optional<RssTable> rss = Optional.empty();
  private long filtered;
  private long malformed;

  ReceivePath(RxFilter filter, BusMaster busMaster) {
    this.filter = filter;
    this.busMaster = busMaster;
  }

  void open(RxQueue[] newQueues, int mtu) {
    queues = newQueues;
    mtu(mtu);
  }

  void mtu(int mtu) {
    maxFrameBytes = mtu + FrameHeaders.ETHERNET_BYTES + FrameHeaders.TAG_BYTES;
  }

  void close() {
    queues = NO_QUEUES;
  }

  boolean isOpen() {
    return queues.length != 0 && busMaster.isEnabled();
  }

  /// @param features bits `DriverShared.FEATURE_*`
  void features(long features) {
    verifyChecksums = (features & DriverShared.FEATURE_RX_CHECKSUM) != 0;
    stripTags = (features & DriverShared.FEATURE_RX_VLAN) != 0;
  }

  void rss(Optional<RssTable> table) {
    rss = table;
  }

  /// Number of frames that the filter did not let through.
  long filtered() {
    return filtered;
  }

  /// Number of frames shorter than an Ethernet header or longer than the MTU allows.
  long malformed() {
    return malformed;
  }

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (!isOpen()) {
      return false;
    }
    if (lengthBytes < FrameHeaders.ETHERNET_BYTES || lengthBytes > maxFrameBytes) {
      malformed++;
      return true;
    }
    if (!filter.accepts(memory, offset, lengthBytes)) {
      filtered++;
      return true;
    }
    if (verifyChecksums || stripTags || rss.isPresent()) {
      return inspectAndOffer(memory, offset, lengthBytes);
    }
    return queues[0].offer(
        memory,
        offset,
        lengthBytes,
        false,
        RxCompletion.CHECKSUM_NOT_CALCULATED,
        0,
        0,
        RxCompletion.FCS_OK);
  }

  /// The short way: untagged unicast or group frames for the first queue, each into one buffer.
  /// What is told about a frame is found in the guest's copy of it, which its sender cannot change.
  @Override
  public int offer(MemorySegment memory, FrameBurst burst, int from, int to) {
    if (!isOpen()
        || rss.isPresent()
        || FrameHeaders.isTag((int) burst.secondField(from) >>> 16)
        || !filter.accepts(burst.firstField(from) >>> 16)) {
      return 0;
    }
    RxQueue queue = queues[0];
    int end = Math.min(to, burst.endOfRun(from, false));
    int next = from;
    while (next < end && burst.length(next) <= maxFrameBytes) {
      long placed = queue.place(memory, burst, next);
      if (placed == RxQueue.NOT_PLACED) {
        break;
      }
      int lengthBytes = burst.length(next);
      if (verifyChecksums) {
        headers.parse(queue.memory(), placed, lengthBytes);
        queue.complete(lengthBytes, 0, RxCompletion.FCS_OK | verify(queue.memory(), placed));
      } else {
        queue.complete(lengthBytes, RxCompletion.CHECKSUM_NOT_CALCULATED, RxCompletion.FCS_OK);
      }
      next++;
    }
    queue.statistics().count(burst, from, next);
    return next - from;
  }

  private boolean inspectAndOffer(MemorySegment memory, long offset, int lengthBytes) {
    headers.parse(memory, offset, lengthBytes);
    int word0 = 0;
    int word3 = RxCompletion.FCS_OK;
    if (verifyChecksums) {
      word3 |= verify(memory, offset);
    } else {
      word0 = RxCompletion.CHECKSUM_NOT_CALCULATED;
    }
    int word2 = 0;
    boolean strip = stripTags && FrameHeaders.isTagged(memory, offset, lengthBytes);
    if (strip) {
      int tag = FrameHeaders.tagControl(memory, offset);
      word2 = RxCompletion.TAG_STRIPPED | tag << RxCompletion.TAG_SHIFT;
    }
    int hash = 0;
    int queue = 0;
    if (rss.isPresent()) {
      RssTable table = rss.get();
      int type = table.type(headers);
      if (type != RssTable.TYPE_NONE) {
        hash = table.hash(memory, offset, headers, type);
        queue = table.queue(hash);
        word0 |= type << RxCompletion.RSS_TYPE_SHIFT;
      }
    }
    return queues[queue].offer(memory, offset, lengthBytes, strip, word0, hash, word2, word3);
  }

  private int verify(MemorySegment memory, long offset) {
    if (headers.isIpv4()) {
      int found = RxCompletion.IPV4;
      if (headers.ipChecksumCorrect(memory, offset)) {
        found |= RxCompletion.IP_CHECKSUM_OK;
      }
      return found | verifyTransport(memory, offset);
    }
    return headers.isIpv6() ? RxCompletion.IPV6 | verifyTransport(memory, offset) : 0;
  }

  private int verifyTransport(MemorySegment memory, long offset) {
    if (headers.isFragment()) {
      return RxCompletion.FRAGMENT;
    }
    int found = headers.isTcp() ? RxCompletion.TCP : headers.isUdp() ? RxCompletion.UDP : 0;
    if (found != 0 && headers.transportChecksumCorrect(memory, offset)) {
      found |= RxCompletion.TRANSPORT_CHECKSUM_OK;
    }
    return found;
  }

  @Override
  public void flush() {
    for (RxQueue queue : queues) {
      queue.flush();
    }
  }
}
