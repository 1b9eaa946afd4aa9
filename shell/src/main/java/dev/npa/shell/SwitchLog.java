// SPDX-License-Identifier: MIT
package dev.npa.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What came of the attempts to change the path: the latest in full, all of them in numbers.
final class SwitchLog {
  /// Hypervisors cause entries, so there is a limit.
  private static final int MAX_RECORDS = 4096;

  private final Deque<SwitchRecord> records = new ArrayDeque<>();
  private long framesResent;
  private long framesUncertain;
  private long framesLost;
  private long faults;
  private long refused;

  void add(SwitchRecord entry) {
    if (records.size() == MAX_RECORDS) {
      records.remove();
    }
    records.add(entry);
    Reconciliation books = entry.books();
    if (books.known()) {
      framesResent += books.resent();
      framesLost += books.falselyCompleted() + books.abandoned();
    } else {
      framesUncertain += books.resent();
    }
    switch (entry.outcome()) {
      case FAULTED -> faults++;
      case REFUSED -> refused++;
      case TO_PASSTHROUGH, TO_EMULATED, RECALLED, DECLINED, WITHDRAWN -> {
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

  long framesLost() {
    return framesLost;
  }

  long faults() {
    return faults;
  }

  long refused() {
    return refused;
  }
}
