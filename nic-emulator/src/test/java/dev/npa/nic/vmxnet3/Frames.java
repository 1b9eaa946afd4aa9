// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// Frames for tests.
final class Frames {
  static final long PEER = 0x0200_0000_0002L;

  private Frames() {}

  /// A frame of an experimental EtherType whose bytes tell it apart from others.
  static byte[] plain(long destination, int lengthBytes, int seed) {
    byte[] frame = new byte[lengthBytes];
    for (int i = 0; i < lengthBytes; i++) {
      frame[i] = (byte) (seed + i * 7);
    }
    MemorySegment segment = MemorySegment.ofArray(frame);
    MacAddress.write(segment, 0, destination);
    MacAddress.write(segment, 6, PEER);
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xB5;
    return frame;
  }

  /// The frame with a VLAN tag.
  static byte[] tagged(byte[] frame, int tag) {
    byte[] result = new byte[frame.length + 4];
    System.arraycopy(frame, 0, result, 0, 12);
    result[12] = (byte) 0x81;
    result[14] = (byte) (tag >>> 8);
    result[15] = (byte) tag;
    System.arraycopy(frame, 12, result, 16, frame.length - 12);
    return result;
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /// Ethernet header to the test guest, with this EtherType, then the packet.
  static byte[] ethernet(String etherType, String packet) {
    return hex("020000000001020000000002" + etherType + packet);
  }
}
