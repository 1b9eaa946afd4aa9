// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.Arrays;
import java.util.Random;

/// Damages bytes at random, as bit rot does and as an attacker does: single bits and bytes, numbers
/// at their limits, parts copied over others, cut out or cut off.
public final class Mutator {
  private static final int[] LIMITS = {0, 1, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF};

  private final Random random;

  public Mutator(long seed) {
    this.random = new Random(seed);
  }

  /// One to three changes.
  public byte[] damage(byte[] original) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 16; changes--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  public <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length - 8);
    int length = 1 + random.nextInt(8);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
      case 3 -> put2(bytes, at, LIMITS[random.nextInt(LIMITS.length)]);
      case 4 -> put2(bytes, at + 2, LIMITS[random.nextInt(LIMITS.length)]);
      case 5 -> System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
      case 6 -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - length - at);
        return shorter;
      }
      default -> {
        return Arrays.copyOf(bytes, random.nextBoolean() ? at : bytes.length + length);
      }
    }
    return bytes;
  }

  private static void put2(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }
}
