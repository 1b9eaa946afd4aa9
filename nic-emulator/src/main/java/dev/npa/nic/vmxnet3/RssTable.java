// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.offload.Toeplitz;
import java.lang.foreign.MemorySegment;

/// Receive-side scaling as a driver configured it.
///
/// ```
/// UPT1_RSSConf  +0 hash types u16 | +2 function u16 (1 Toeplitz) | +4 key length u16
///               +6 table length u16 | +8 key[40] | +48 table[128]
/// ```
final class RssTable {
  static final int SIZE_BYTES = 176;

  /// Type in the completion of a frame without a hash.
  static final int TYPE_NONE = 0;

  private static final int FUNCTION = 2;
  private static final int KEY_LENGTH = 4;
  private static final int TABLE_LENGTH = 6;
  private static final int KEY = 8;
  private static final int TABLE = 48;
  private static final int MAX_TABLE = 128;
  private static final int FUNCTION_TOEPLITZ = 1;

  private static final int HASH_IPV4 = 1;
  private static final int HASH_TCP_IPV4 = 2;
  private static final int HASH_IPV6 = 4;
  private static final int HASH_TCP_IPV6 = 8;

  private static final int TYPE_IPV4 = 1;
  private static final int TYPE_TCP_IPV4 = 2;
  private static final int TYPE_IPV6 = 3;
  private static final int TYPE_TCP_IPV6 = 4;

  private final int hashTypes;
  private final int[] queues;
  private final Toeplitz toeplitz;

  private RssTable(int hashTypes, int[] queues, Toeplitz toeplitz) {
    this.hashTypes = hashTypes;
    this.queues = queues;
    this.toeplitz = toeplitz;
  }

  /// Whether the block at an offset is one that the device can follow.
  ///
  /// @param rxQueues number of receive queues; every entry of the table must be less
  static boolean isValid(MemorySegment memory, long offset, int rxQueues) {
    int tableLength = LittleEndian.getShort(memory, offset + TABLE_LENGTH);
    int keyLength = LittleEndian.getShort(memory, offset + KEY_LENGTH);
    if (LittleEndian.getShort(memory, offset + FUNCTION) != FUNCTION_TOEPLITZ
        || keyLength < 1
        || keyLength > Toeplitz.KEY_BYTES
        || tableLength < 1
        || tableLength > MAX_TABLE) {
      return false;
    }
    for (int i = 0; i < tableLength; i++) {
      if (LittleEndian.getByte(memory, offset + TABLE + i) >= rxQueues) {
        return false;
      }
    }
    return true;
  }

  /// Reads a block of which [#isValid] was just true. What the guest changed since is clamped.
  static RssTable read(MemorySegment memory, long offset, int rxQueues) {
    byte[] key = new byte[Toeplitz.KEY_BYTES];
    int keyLength = Math.clamp(LittleEndian.getShort(memory, offset + KEY_LENGTH), 1, key.length);
    for (int i = 0; i < keyLength; i++) {
      key[i] = (byte) LittleEndian.getByte(memory, offset + KEY + i);
    }
    int size = Math.clamp(LittleEndian.getShort(memory, offset + TABLE_LENGTH), 1, MAX_TABLE);
    int[] queues = new int[size];
    for (int i = 0; i < size; i++) {
      queues[i] = Math.min(LittleEndian.getByte(memory, offset + TABLE + i), rxQueues - 1);
    }
    return new RssTable(LittleEndian.getShort(memory, offset), queues, new Toeplitz(key));
  }

  /// Which hash a frame gets, as the type in its completion.
  int type(FrameHeaders headers) {
    if (headers.isIpv4()) {
      if (headers.isTcp() && (hashTypes & HASH_TCP_IPV4) != 0) {
        return TYPE_TCP_IPV4;
      }
      return (hashTypes & HASH_IPV4) != 0 ? TYPE_IPV4 : TYPE_NONE;
    }
    if (headers.isIpv6()) {
      if (headers.isTcp() && (hashTypes & HASH_TCP_IPV6) != 0) {
        return TYPE_TCP_IPV6;
      }
      return (hashTypes & HASH_IPV6) != 0 ? TYPE_IPV6 : TYPE_NONE;
    }
    return TYPE_NONE;
  }

  /// @param type not [#TYPE_NONE]
  int hash(MemorySegment memory, long frame, FrameHeaders headers, int type) {
    boolean ports = type == TYPE_TCP_IPV4 || type == TYPE_TCP_IPV6;
    return toeplitz.hash(memory, frame, headers, ports);
  }

  int queue(int hash) {
    return queues[Integer.remainderUnsigned(hash, queues.length)];
  }
}
