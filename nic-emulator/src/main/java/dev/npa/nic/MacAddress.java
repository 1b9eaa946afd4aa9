// SPDX-License-Identifier: MIT
package dev.npa.nic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// An IEEE 802 address, as a 48-bit number whose most significant byte is the first on the wire.
///
/// The data path uses the number itself.
public record MacAddress(long value) {
  /// `ff:ff:ff:ff:ff:ff`.
  public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

  private static final long GROUP_BIT = 1L << 40;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /// @throws IllegalArgumentException if `value < 0` or `value >= 2^48`
  public MacAddress {
    if (value < 0 || value > BROADCAST) {
      throw new IllegalArgumentException("not a 48-bit address: " + Long.toHexString(value));
    }
  }

  /// @param text six hexadecimal bytes separated by colons
  public static MacAddress parse(String text) {
    if (!text.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")) {
      throw new IllegalArgumentException("not a MAC address: " + text);
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
  }

  /// Reads the address at an offset, as a number; no allocation.
  public static long read(MemorySegment memory, long offset) {
    return Integer.toUnsignedLong(memory.get(INT, offset)) << 16
        | memory.get(SHORT, offset + 4) & 0xFFFFL;
  }

  /// Writes the address to an offset; no allocation.
  public static void write(MemorySegment memory, long offset, long address) {
    memory.set(INT, offset, (int) (address >>> 16));
    memory.set(SHORT, offset + 4, (short) address);
  }

  /// Whether the address is a group's: multicast or broadcast.
  public static boolean isGroup(long address) {
    return (address & GROUP_BIT) != 0;
  }

  /// The address packed as in 82576 RAL and vmxnet3 MACL: bytes 0 to 3, byte 0 in bits 7:0.
  public int low() {
    return Integer.reverseBytes((int) (value >>> 16));
  }

  /// Bytes 4 and 5, byte 4 in bits 7:0 (82576 RAH, vmxnet3 MACH).
  public int high() {
    return Short.reverseBytes((short) value) & 0xFFFF;
  }

  /// The address that [#low] and [#high] came from; bits 31:16 of `high` are ignored.
  public static MacAddress ofRegisters(int low, int high) {
    return new MacAddress(
        Integer.toUnsignedLong(Integer.reverseBytes(low)) << 16
            | Short.reverseBytes((short) high) & 0xFFFFL);
  }

  @Override
  public String toString() {
    return HexFormat.ofDelimiter(":").withPrefix("").formatHex(bytes());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[6];
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (value >>> 40 - 8 * i);
    }
    return bytes;
  }
}
