// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Waits, looking again every 0.2 ms.
public final class Await {
  private static final long LOOK_AGAIN_NANOS = 200_000;

  private Await() {}

  /// @return whether the condition held within the time
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) { // it may wrap around
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  /// As [#until], but the time starts anew whenever the progress grows.
  public static boolean whileProgressing(
      BooleanSupplier condition, LongSupplier progress, Duration standstill) {
    long before = progress.getAsLong();
    while (!until(condition, standstill)) {
      long now = progress.getAsLong();
      if (now <= before) {
        return false;
      }
      before = now;
    }
    return true;
  }
}
