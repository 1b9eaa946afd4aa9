// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.util.Random;

/// Random numbers that are likely to be where something changes.
final class Numbers {
  private static final long[] EDGES = {
    0, 1, -1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 4095, 4096, 65535
  };

  private Numbers() {}

  static long within(Random random, long min, long max) {
    return switch (random.nextInt(6)) {
      case 0 -> min;
      case 1 -> max;
      case 2, 3 -> {
        long edge = EDGES[random.nextInt(EDGES.length)];
        yield edge < min || edge > max ? between(random, min, max) : edge;
      }
      default -> between(random, min, max);
    };
  }

  private static long between(Random random, long min, long max) {
    if (max == Long.MAX_VALUE) {
      return Math.max(min, random.nextLong() >> random.nextInt(Long.SIZE));
    }
    return random.nextLong(min, max + 1);
  }

  static int any(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Integer.MAX_VALUE - random.nextInt(4);
      case 1 -> Integer.MIN_VALUE + random.nextInt(4);
      case 2 -> -random.nextInt(20);
      case 3 -> random.nextInt();
      default -> (int) EDGES[random.nextInt(EDGES.length)];
    };
  }
}
