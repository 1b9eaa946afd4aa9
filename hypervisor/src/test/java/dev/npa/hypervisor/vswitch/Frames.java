// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/// Frames as hexadecimal text, 60 bytes long.
public final class Frames {
  private Frames() {}

  public static String frame(MacAddress to, MacAddress from, int number) {
    return pad(hex(to) + hex(from) + "88b5" + "%08x".formatted(number));
  }

  public static String tagged(MacAddress to, MacAddress from, int vlan) {
    return pad(hex(to) + hex(from) + "8100" + "%04x".formatted(vlan) + "88b5");
  }

  public static boolean send(FramePort port, String frame) {
    byte[] bytes = HexFormat.of().parseHex("ffff" + frame);
    MemorySegment memory = Arena.ofAuto().allocate(bytes.length);
    memory.copyFrom(MemorySegment.ofArray(bytes));
    boolean taken = port.offer(memory, 2, bytes.length - 2);
    port.flush();
    return taken;
  }

  public static String text(MemorySegment memory, long offset, int lengthBytes) {
    byte[] bytes = memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
    return HexFormat.of().formatHex(bytes);
  }

  private static String pad(String frame) {
    return frame + "0".repeat(Math.max(0, 120 - frame.length()));
  }

  private static String hex(MacAddress mac) {
    return mac.toString().replace(":", "");
  }
}
