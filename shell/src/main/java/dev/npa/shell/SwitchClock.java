// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import java.util.ArrayList;
import java.util.List;

/// Measures the steps of one attempt to change the path.
final class SwitchClock {
  private final List<SwitchRecord.Step> steps = new ArrayList<>();
  private long last = System.nanoTime();
  private List<StageTiming> gateTimings = List.of();
  private long heldSince;
  private boolean held;

  /// The step named has just ended.
  void step(String name) {
    long now = System.nanoTime();
    steps.add(new SwitchRecord.Step(name, now - last));
    last = now;
  }

  /// The gate has answered.
  void gate(List<StageTiming> timings) {
    gateTimings = List.copyOf(timings);
  }

  /// From now on frames wait.
  void hold() {
    heldSince = System.nanoTime();
    held = true;
  }

  SwitchRecord end(
      SwitchRecord.Outcome outcome, List<Refusal> refusals, String detail, Reconciliation books) {
    long heldNanos = held ? System.nanoTime() - heldSince : 0;
    return new SwitchRecord(
        outcome, List.copyOf(steps), gateTimings, refusals, detail, books, heldNanos);
  }
}
