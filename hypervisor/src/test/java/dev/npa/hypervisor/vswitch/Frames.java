// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// Frames as hexadecimal text.
final class Frames {
  private Frames() {}

  static String frame(MacAddress to, MacAddress from, int number) {
    return hex(to) + hex(from) + "88b5" + "%08x".formatted(number);
  }

  static String tagged(MacAddress to, MacAddress from, int vlan) {
    return hex(to) + hex(from) + "8100" + "%04x".formatted(vlan) + "88b50000";
  }

  static boolean send(FramePort port, String frame) {
    byte[] bytes = HexFormat.of().parseHex("ffff" + frame);
    MemorySegment memory = Arena.ofAuto().allocate(bytes.length);
    memory.copyFrom(MemorySegment.ofArray(bytes));
    boolean taken = port.offer(memory, 2, bytes.length - 2);
    port.flush();
    return taken;
  }

  private static String hex(MacAddress mac) {
    return mac.toString().replace(":", "");
  }
}
