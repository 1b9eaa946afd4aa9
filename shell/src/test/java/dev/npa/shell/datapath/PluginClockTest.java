// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PluginClockTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final PluginClock clock =
      new PluginClock(
          () -> {
            asked.incrementAndGet();
            return now.get();
          });

  private boolean call(long nanos, int units) {
    clock.enter();
    now.addAndGet(nanos);
    return clock.leave(units);
  }

  /// Calls until the plugin is too slow.
  private int callsUntilEnded(long nanos, int units) {
    for (int calls = 1; calls <= 10_000; calls++) {
      if (call(nanos, units)) {
        return calls;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void asksForTheTimeOfOneCallInAFewOnly() {
    for (int i = 0; i < 1_000 * PluginClock.SAMPLE; i++) {
      call(100, 1);
    }

    assertThat(asked.get()).isEqualTo(2_000);
  }

  @Test
  void endsAPluginThatSpendsItsBudgetInEveryCall() {
    assertThat(callsUntilEnded(10_000_000, 1))
        .isLessThanOrEqualTo(PluginClock.SAMPLE + PluginClock.LIMIT);
  }

  @Test
  void allowsTimeForTheFramesThatACallMoves() {
    assertThat(callsUntilEnded(2_000_000, 64)).isEqualTo(Integer.MAX_VALUE);
    assertThat(callsUntilEnded(2_000_000, 1)).isLessThan(100);
  }

  @Test
  void forgivesPausesOfTheMachine() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(call(3_600_000_000_000L, 1)).isFalse();
      for (int n = 0; n < 100; n++) {
        assertThat(call(1_000, 1)).isFalse();
      }
    }
  }
}
