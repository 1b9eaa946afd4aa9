// SPDX-License-Identifier: MIT
package dev.npa.shell;

import java.util.ArrayList;
import java.util.List;

/// What came of all attempts to change the path.
final class SwitchLog {
  private final List<SwitchRecord> records = new ArrayList<>();
  private long framesResent;
  private long framesUncertain;
  private long faults;
  private long refused;

  void add(SwitchRecord entry) {
    records.add(entry);
    switch (entry.outcome()) {
      case TO_EMULATED -> framesResent += entry.framesResent();
      case FAULTED -> {
        faults++;
        framesUncertain += entry.framesResent();
      }
      case REFUSED -> refused++;
      case TO_PASSTHROUGH, DECLINED, WITHDRAWN -> {
        // Nothing to count.
      }
    }
  }

  List<SwitchRecord> records() {
    return List.copyOf(records);
  }

  long framesResent() {
    return framesResent;
  }

  long framesUncertain() {
    return framesUncertain;
  }

  long faults() {
    return faults;
  }

  long refused() {
    return refused;
  }
}
