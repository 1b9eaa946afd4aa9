// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/// One thing that `npa doctor` looked at.
///
/// @param said what it is and, if it is not good, what to do
record Finding(boolean good, String what, String said) {
  private static final Duration SOON = Duration.ofDays(30);

  static Finding good(String what, String said) {
    return new Finding(true, what, said);
  }

  static Finding wrong(String what, String said) {
    return new Finding(false, what, said);
  }

  /// Wrong if it is over within 30 days.
  ///
  /// @param remedy what to do then
  static Finding lasting(String what, String name, Instant end, Instant now, String remedy) {
    String said = name + " expires " + end;
    return now.plus(SOON).isBefore(end) ? good(what, said) : wrong(what, said + "; " + remedy);
  }

  void print(PrintWriter out) {
    out.printf("%-9s %-16s %s%n", good ? "ok" : "WRONG", what, said);
  }
}
