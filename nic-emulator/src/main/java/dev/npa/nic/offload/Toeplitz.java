// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import java.lang.foreign.MemorySegment;

/// The Toeplitz hash of receive-side scaling: the exclusive or of the 32 key bits that start at
/// each set bit of the input. The key's contribution of every value of every input byte is computed
/// once.
public final class Toeplitz {
  /// Two IPv6 addresses and two ports.
  public static final int MAX_INPUT_BYTES = 36;

  /// Length of the key.
  public static final int KEY_BYTES = MAX_INPUT_BYTES + 4;

  private final int[] contribution = new int[MAX_INPUT_BYTES * 256];

  /// @param key 40 bytes; a shorter key is padded with zeros by the caller
  public Toeplitz(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("Toeplitz key of " + key.length + " bytes");
    }
    for (int i = 0; i < MAX_INPUT_BYTES; i++) {
      for (int value = 0; value < 256; value++) {
        int hash = 0;
        for (int bit = 0; bit < 8; bit++) {
          hash ^= (value & 0x80 >> bit) != 0 ? keyBits(key, i, bit) : 0;
        }
        contribution[i * 256 + value] = hash;
      }
    }
  }

  private static int keyBits(byte[] key, int index, int shift) {
    long five = 0;
    for (int i = 0; i < 5; i++) {
      five = five << 8 | (index + i < key.length ? key[index + i] & 0xFF : 0);
    }
    return (int) (five >>> 8 - shift);
  }

  /// Hashes the addresses, and with `ports` the ports as well.
  ///
  /// @param headers what [FrameHeaders#parse] found in this frame; IP, and TCP or UDP if `ports`
  public int hash(MemorySegment memory, long frame, FrameHeaders headers, boolean ports) {
    int addressBytes = 2 * headers.addressBytes();
    int hash = hash(memory, frame + headers.addressesOffset(), addressBytes, 0);
    return ports ? hash ^ hash(memory, frame + headers.transportOffset(), 4, addressBytes) : hash;
  }

  private int hash(MemorySegment memory, long offset, int lengthBytes, int position) {
    int hash = 0;
    for (int i = 0; i < lengthBytes; i++) {
      hash ^= contribution[(position + i) * 256 + BigEndian.getByte(memory, offset + i)];
    }
    return hash;
  }
}
