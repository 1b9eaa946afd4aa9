// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.nic.wire.PcapFrame;
import dev.npa.nic.wire.PcapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Captures with everything that a stranger's `--pcap` may hold, made anew for each test.
final class OddCaptures {
  static final long ALICE = 0x02_00_5E_00_53_0AL;
  static final long BOB = 0x02_00_5E_00_53_0BL;

  private static final long BROADCAST = 0xFFFF_FFFF_FFFFL;
  private static final long ALL_NODES = 0x3333_0000_0001L;
  private static final long PAUSE = 0x0180_C200_0001L;
  private static final int LINUX_COOKED = 113;

  private final List<PcapFrame> frames = new ArrayList<>();

  /// VLAN tags, IPv6, fragments, runts, over-long and cut-off frames, link-local control frames.
  static List<PcapFrame> oddFrames() {
    OddCaptures odd = new OddCaptures();
    odd.add(frame(ALICE, BOB, 98, 0x0800)); // The first frame says who is who.
    odd.add(frame(BOB, ALICE, 98, 0x0800));
    odd.add(frame(ALICE, BOB, 1518, 0x8100, 20, 0x0800)); // Full, with an 802.1Q tag.
    odd.add(frame(BOB, ALICE, 102, 0x88A8, 7, 0x8100, 42, 0x86DD)); // 802.1ad: QinQ.
    odd.add(frame(ALICE, BOB, 64, 0x8100, 0xE000, 0x0806)); // Priority tag, VLAN 0.
    odd.add(frame(ALICE, BOB, 1514, 0x86DD));
    odd.add(frame(ALICE, ALL_NODES, 86, 0x86DD));
    odd.add(ipv4Fragment(0, true));
    odd.add(ipv4Fragment(1480, false));
    odd.add(frame(BOB, BROADCAST, 42, 0x0806)); // As a sender's capture shows ARP.
    odd.add(frame(BOB, ALICE, 14, 0x0800)); // A header and nothing else.
    odd.add(frame(BOB, ALICE, 16, 0x8100, 20)); // A tag and nothing else.
    odd.add(new byte[0]);
    odd.add(new byte[13]);
    odd.add(frame(ALICE, BOB, 1523, 0x0800));
    odd.add(frame(BOB, ALICE, 9_014, 0x0800)); // Jumbo.
    odd.add(frame(BOB, ALICE, 65_549, 0x0800)); // Segmentation offload, as seen at a sender.
    odd.addCutOff(frame(ALICE, BOB, 96, 0x0800), 1514);
    odd.addCutOff(frame(ALICE, BOB, 8, 0x0800), 60);
    odd.add(frame(ALICE, PAUSE, 60, 0x8808));
    odd.add(frame(BROADCAST, ALICE, 60, 0x0800)); // Nobody's source address.
    odd.add(frame(0x02_00_5E_00_53_0CL, ALICE, 60, 0x0800)); // A third station.
    odd.add(frame(0, 0, 60, 0x0800)); // A loopback interface's addresses.
    return odd.frames;
  }

  static Path write(List<PcapFrame> frames, Path file) throws IOException {
    try (PcapWriter writer = PcapWriter.create(file)) {
      for (PcapFrame frame : frames) {
        writer.write(frame);
      }
    }
    return file;
  }

  /// A capture of `tcpdump -i any`, which has no Ethernet headers.
  static Path writeLinuxCooked(Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(0xA1B2_C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
    header.putInt(262_144).putInt(LINUX_COOKED);
    return Files.write(file, header.array());
  }

  /// A frame whose bytes behind the types count up.
  static byte[] frame(long source, long destination, int length, int... typesAndTags) {
    ByteBuffer frame = ByteBuffer.allocate(Math.max(length, 64));
    frame.putShort((short) (destination >>> 32)).putInt((int) destination);
    frame.putShort((short) (source >>> 32)).putInt((int) source);
    for (int value : typesAndTags) {
      frame.putShort((short) value);
    }
    for (int i = 0; frame.hasRemaining(); i++) {
      frame.put((byte) i);
    }
    return Arrays.copyOf(frame.array(), length);
  }

  private static byte[] ipv4Fragment(int offsetBytes, boolean more) {
    byte[] bytes = frame(ALICE, BOB, more ? 1514 : 48, 0x0800);
    ByteBuffer.wrap(bytes)
        .putShort(14, (short) 0x4500)
        .putShort(16, (short) (bytes.length - 14))
        .putShort(20, (short) ((more ? 0x2000 : 0) | offsetBytes / 8));
    return bytes;
  }

  private void add(byte[] bytes) {
    addCutOff(bytes, bytes.length);
  }

  private void addCutOff(byte[] bytes, int originalLength) {
    int index = frames.size();
    frames.add(new PcapFrame(index, index * 1_000L, originalLength, bytes));
  }
}
