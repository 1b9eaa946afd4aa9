// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// A containment run as text: one line per trial, then what it comes to.
final class ContainTable {
  private static final String ROW = "%-28s %-55s %-5s %7s %7s %7s %7s %7s %7s %7s %6s%n";

  private final PrintWriter out;

  ContainTable(PrintWriter out) {
    this.out = out;
  }

  void header() {
    out.printf(
        ROW,
        "misdeed",
        "ended because the plugin",
        "by",
        "silence",
        "sent",
        "resent",
        "dropped",
        "lost",
        "damaged",
        "twice",
        "open");
  }

  void row(Trial trial) {
    out.printf(
        ROW,
        trial.misdeed().toLowerCase(Locale.ROOT).replace('_', ' '),
        trial.ended() ? trial.fault() : "WAS NOT ENDED",
        trial.endedByHost() ? "host" : "shell",
        "%.0f ms".formatted(trial.silenceNanos() / 1e6),
        trial.sent(),
        trial.resent(),
        trial.dropped(),
        trial.lost(),
        trial.damaged(),
        trial.duplicated(),
        trial.unaccounted());
    out.flush();
  }

  void summary(List<Trial> trials, int planned) {
    long contained = trials.stream().filter(Trial::contained).count();
    long sent = trials.stream().mapToLong(Trial::sent).sum();
    long open = trials.stream().mapToLong(t -> Math.abs(t.unaccounted())).sum();
    out.printf(
        "%n%d of %d misdeeds contained: plugin ended, function in quarantine, guest in emulation,"
            + " traffic going on%n",
        contained, planned);
    out.printf("%,d frames sent, %,d unaccounted for%n", sent, open);
    out.println(
        """

        silence  longest time in which nothing arrived in one direction
        resent   not taken by the function, sent again by emulation
        dropped  by devices or switch, and counted there
        lost     reported as sent and never sent, or received and kept: counted by the shell
        damaged  arrived with other bytes or another length than sent; twice: arrived once more
        open     frames of which nobody knows what became\
        """);
  }
}
