// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.nic.MacAddress;
import dev.npa.nic.wire.PcapFrame;
import dev.npa.nic.wire.PcapReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/// A capture as the demo replays it: each guest's frames, and why some frames were left out.
final class CaptureSelection {
  private static final String BUILT_IN = "capture.pcap";

  /// More than this is not kept in memory; the rest of the capture is left out.
  private static final long MAX_BYTES = 64 << 20;

  /// VLAN filters of the 82576 (VLVF), less one for untagged frames.
  private static final int MAX_VLANS = 31;

  /// What the multicast table that the shell keeps for vmxnet3 holds.
  private static final int MAX_GROUPS = 340;

  private static final int TYPE_OFFSET = 12;
  private static final int TYPE_8021Q = 0x8100;

  // Placeholders: ReplayFrames puts in the addresses that the guests really have.
  private static final MacAddress FIRST = new MacAddress(0x0200_0000_0001L);
  private static final MacAddress SECOND = new MacAddress(0x0200_0000_0002L);

  private final String name;
  private final List<List<byte[]>> sentBy;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final SortedSet<Integer> vlans = new TreeSet<>();
  private final SortedSet<Long> groups = new TreeSet<>();
  private String note = "";

  private CaptureSelection(String name, PcapReader reader) throws IOException {
    this.name = name;
    TrafficSource.Selection selection =
        TrafficSource.select(read(reader), FIRST, SECOND, Demo.MAX_FRAME_BYTES);
    selection
        .leftOut()
        .forEach((reason, count) -> leftOut.merge(reason.text(), count, Integer::sum));
    List<byte[]> first = filtered(selection.sentBy(FIRST));
    List<byte[]> second = filtered(selection.sentBy(SECOND));
    if (first.isEmpty() && second.isEmpty()) {
      StringJoiner reasons = new StringJoiner("; ", ": ", "").setEmptyValue("");
      leftOut.forEach((reason, count) -> reasons.add("%,d %s".formatted(count, reason)));
      throw new IOException(name + " holds no frame that can be replayed" + reasons);
    }
    if (first.isEmpty() || second.isEmpty()) {
      note = "; all from one station, so both guests send the same frames";
      first = first.isEmpty() ? second : first;
      second = first;
    }
    sentBy = List.of(first, second);
  }

  /// Reads a capture file, or the capture that comes with npa.
  ///
  /// @throws IOException if it cannot be read, is no Ethernet capture or holds nothing to replay
  static CaptureSelection of(Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      // The operating system would say so only when the file is read, and without its name.
      if (Files.isDirectory(file.get())) {
        throw new IOException(file.get() + ": is a directory");
      }
      try (PcapReader reader = PcapReader.open(file.get())) {
        return new CaptureSelection(file.get().toString(), reader);
      }
    }
    try (InputStream in = CaptureSelection.class.getResourceAsStream(BUILT_IN);
        PcapReader reader = PcapReader.open(in, BUILT_IN)) {
      return new CaptureSelection("the built-in capture", reader);
    }
  }

  private List<PcapFrame> read(PcapReader reader) throws IOException {
    List<PcapFrame> frames = new ArrayList<>();
    long bytes = 0;
    for (Optional<PcapFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
      bytes += next.get().bytes().length;
      if (bytes > MAX_BYTES) {
        leftOut.merge("beyond the first " + (MAX_BYTES >> 20) + " MiB of frames", 1, Integer::sum);
      } else {
        frames.add(next.get());
      }
    }
    return frames;
  }

  /// Notes the groups and VLANs; leaves out those that the guests cannot join.
  private List<byte[]> filtered(List<byte[]> frames) {
    List<byte[]> kept = new ArrayList<>();
    for (byte[] frame : frames) {
      int vid = vid(frame);
      if (vid != 0 && !vlans.contains(vid) && vlans.size() == MAX_VLANS) {
        leftOut.merge("on more VLANs than the card has filters", 1, Integer::sum);
        continue;
      }
      long destination = MacAddress.read(MemorySegment.ofArray(frame), 0);
      boolean toGroup = MacAddress.isGroup(destination) && destination != MacAddress.BROADCAST;
      if (toGroup && !groups.contains(destination) && groups.size() == MAX_GROUPS) {
        leftOut.merge("to more groups than a guest can join", 1, Integer::sum);
        continue;
      }
      if (vid != 0) {
        vlans.add(vid);
      }
      if (toGroup) {
        groups.add(destination);
      }
      kept.add(frame);
    }
    return kept;
  }

  /// VLAN id of a tagged frame; 0 for untagged and priority-tagged ones.
  private static int vid(byte[] frame) {
    int type = (frame[TYPE_OFFSET] & 0xFF) << 8 | frame[TYPE_OFFSET + 1] & 0xFF;
    return type == TYPE_8021Q
        ? (frame[TYPE_OFFSET + 2] & 0x0F) << 8 | frame[TYPE_OFFSET + 3] & 0xFF
        : 0;
  }

  String name() {
    return name;
  }

  /// @param guest 0 or 1
  List<byte[]> sentBy(int guest) {
    return sentBy.get(guest);
  }

  /// Number of frames that are replayed, in both directions.
  int frames() {
    return sentBy.getFirst().size() + sentBy.getLast().size();
  }

  /// Reasons and numbers of frames.
  Map<String, Integer> leftOut() {
    return leftOut;
  }

  SortedSet<Integer> vlans() {
    return vlans;
  }

  List<MacAddress> groups() {
    return groups.stream().map(MacAddress::new).toList();
  }

  /// One line for people.
  String summary() {
    return "%s: %,d + %,d frames, %d VLANs, %d groups%s"
        .formatted(
            name,
            sentBy.getFirst().size(),
            sentBy.getLast().size(),
            vlans.size(),
            groups.size(),
            note);
  }
}
