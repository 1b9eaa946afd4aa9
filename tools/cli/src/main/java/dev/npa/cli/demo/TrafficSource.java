// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.nic.MacAddress;
import dev.npa.nic.wire.PcapFrame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns the frames of a capture into traffic between two guests.
///
/// *Direction.* The first station that a replayable frame came from is guest 1, the second station
/// seen (as destination or source) is guest 2; any further station is given to one of both by a
/// hash of its address, so that it stays on one side. *Addresses.* The source becomes the sending
/// guest's MAC, a unicast destination the other guest's; group addresses stay. Everything behind
/// the two addresses stays as captured, VLAN tags included: guests do not check ARP or ICMPv6
/// against the frame's addresses here, every byte is compared instead.
///
/// *Short frames.* A capture taken at the sender shows frames before they are padded. They are
/// padded with zeros to 60 bytes here, as Ethernet demands on the wire (IEEE 802.3 clause 3.2.8),
/// so that no NIC on the way has to: vmxnet3 and the 82576 would do it each in its own place, and
/// the frame received could not be compared with the one sent.
final class TrafficSource {
  private static final int HEADER_BYTES = 14;
  private static final int SHORTEST_BYTES = 60;
  private static final int SOURCE_OFFSET = 6;
  private static final long RESERVED_GROUP = 0x0180_C200_0000L;
  private static final long RESERVED_GROUP_MASK = 0xFFFF_FFFF_FFF0L;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L; // 2^64 / golden ratio: mixes low bits.

  /// Why a frame of the capture is not replayed; in the order in which they are looked for.
  enum Reason {
    TRUNCATED("cut off by the capture's snapshot length"),
    TOO_SHORT("shorter than an Ethernet header (14 bytes)"),
    TOO_LONG("longer than the guests' MTU allows"),
    GROUP_SOURCE("sent from a group address, which no station has"),
    LINK_LOCAL("to 01:80:c2:00:00:0x (PAUSE, LACP, STP, LLDP), which bridges do not forward");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /// For people, to follow a number of frames.
    String text() {
      return text;
    }
  }

  /// What can be replayed, and how much cannot, why.
  ///
  /// @param frames in the capture's order, with the guests' MACs, 60 bytes at least
  /// @param leftOut only reasons that occurred, each with its number of frames; in the reasons'
  ///   order
  record Selection(List<byte[]> frames, Map<Reason, Integer> leftOut) {
    Selection {
      frames = List.copyOf(frames);
      EnumMap<Reason, Integer> ordered = new EnumMap<>(Reason.class);
      ordered.putAll(leftOut);
      leftOut = Collections.unmodifiableMap(ordered);
    }

    /// The frames that one guest sends, in order.
    List<byte[]> sentBy(MacAddress guest) {
      return frames.stream().filter(frame -> source(frame) == guest.value()).toList();
    }
  }

  private final long[] guests;
  private final int maxLengthBytes;
  private final Map<Long, Integer> guestOfStation = new HashMap<>();
  private final List<byte[]> frames = new ArrayList<>();
  private final Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);

  private TrafficSource(MacAddress guest1, MacAddress guest2, int maxLengthBytes) {
    guests = new long[] {guest1.value(), guest2.value()};
    this.maxLengthBytes = maxLengthBytes;
  }

  /// Chooses and rewrites frames; those given are not changed.
  ///
  /// @param maxLengthBytes longest frame the guests can send, FCS not counted, less what the caller
  ///   appends to each
  /// @throws IllegalArgumentException if the guests' MACs are equal or a group's, or
  ///   `maxLengthBytes < 60`
  static Selection select(
      Iterable<PcapFrame> capture, MacAddress guest1, MacAddress guest2, int maxLengthBytes) {
    if (guest1.equals(guest2)
        || MacAddress.isGroup(guest1.value())
        || MacAddress.isGroup(guest2.value())) {
      throw new IllegalArgumentException("guests with the MACs " + guest1 + " and " + guest2);
    }
    if (maxLengthBytes < SHORTEST_BYTES) {
      throw new IllegalArgumentException(
          "longest frame of " + maxLengthBytes + " bytes < " + SHORTEST_BYTES);
    }
    TrafficSource source = new TrafficSource(guest1, guest2, maxLengthBytes);
    for (PcapFrame frame : capture) {
      source
          .reasonAgainst(frame)
          .ifPresentOrElse(
              reason -> source.leftOut.merge(reason, 1, Integer::sum),
              () -> source.frames.add(source.rewrite(frame.bytes())));
    }
    return new Selection(source.frames, source.leftOut);
  }

  private Optional<Reason> reasonAgainst(PcapFrame frame) {
    byte[] bytes = frame.bytes();
    if (frame.isTruncated()) {
      return Optional.of(Reason.TRUNCATED);
    }
    if (bytes.length < HEADER_BYTES) {
      return Optional.of(Reason.TOO_SHORT);
    }
    if (bytes.length > maxLengthBytes) {
      return Optional.of(Reason.TOO_LONG);
    }
    if (MacAddress.isGroup(source(bytes))) {
      return Optional.of(Reason.GROUP_SOURCE);
    }
    if ((destination(bytes) & RESERVED_GROUP_MASK) == RESERVED_GROUP) {
      return Optional.of(Reason.LINK_LOCAL);
    }
    return Optional.empty();
  }

  private byte[] rewrite(byte[] captured) {
    byte[] frame = Arrays.copyOf(captured, Math.max(captured.length, SHORTEST_BYTES));
    MemorySegment segment = MemorySegment.ofArray(frame);
    int sender = guestOf(source(frame));
    long destination = destination(frame);
    if (!MacAddress.isGroup(destination)) {
      guestOf(destination); // It may be the second station seen.
      MacAddress.write(segment, 0, guests[1 - sender]);
    }
    MacAddress.write(segment, SOURCE_OFFSET, guests[sender]);
    return frame;
  }

  private int guestOf(long station) {
    return guestOfStation.computeIfAbsent(
        station,
        address -> {
          int seen = guestOfStation.size();
          return seen < 2 ? seen : (int) (address * SPREAD >>> 63);
        });
  }

  private static long destination(byte[] frame) {
    return MacAddress.read(MemorySegment.ofArray(frame), 0);
  }

  private static long source(byte[] frame) {
    return MacAddress.read(MemorySegment.ofArray(frame), SOURCE_OFFSET);
  }
}
