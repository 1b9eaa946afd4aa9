// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import java.util.function.LongSupplier;

/// Finds plugins that use up their budget in every call: the verifier bounds a call at some
/// milliseconds, which is a thousand times too long for a frame.
///
/// One call in [#SAMPLE] is timed, so that honest plugins pay nothing. A call may take
/// [#CALL_NANOS], and [#UNIT_NANOS] for each frame or buffer that it moved: more than an
/// interpreted plugin takes, a thousand times what a compiled one does. Other processes may hold
/// the CPU at any time, so one slow call says nothing. Slow calls raise a score, others lower it;
/// once a slow one was seen, every call is timed.
final class PluginClock {
  /// Prime, so that entry points which come in turn all have their turn here.
  static final int SAMPLE = 31;

  static final long CALL_NANOS = 1_000_000;
  static final long UNIT_NANOS = 25_000;

  /// Score that ends a plugin.
  static final int LIMIT = 16;

  /// What one call can add: so much slower calls count more, but no single pause of the machine can
  /// end a plugin.
  private static final int MAX_STEP = 4;

  private final LongSupplier nanoTime;
  private int untilSample = SAMPLE;
  private int score;
  private long enteredAt;
  private boolean timed;

  PluginClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void enter() {
    untilSample--;
    if (untilSample <= 0 || score != 0) {
      untilSample = SAMPLE;
      timed = true;
      enteredAt = nanoTime.getAsLong();
    }
  }

  /// @param units frames and buffers that the call has moved
  /// @return whether the plugin is too slow
  boolean leave(int units) {
    if (!timed) {
      return false;
    }
    timed = false;
    long allowed = CALL_NANOS + UNIT_NANOS * units;
    long over = (nanoTime.getAsLong() - enteredAt) / allowed;
    score = over == 0 ? Math.max(0, score - 1) : score + (int) Math.min(MAX_STEP, over);
    return score >= LIMIT;
  }
}
