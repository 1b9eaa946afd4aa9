// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.cli.demo.DemoReport.Direction;
import dev.npa.cli.demo.DemoReport.GuestPaths;
import dev.npa.cli.demo.DemoReport.RefusedPackage;
import dev.npa.shell.SwitchRecord;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.testbed.Flow;
import dev.npa.verifier.Refusal;
import java.io.PrintWriter;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/// The demo's report for people.
final class DemoTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final DemoReport report;

  DemoTable(DemoReport report) {
    this.report = report;
  }

  void print(PrintWriter out) {
    out.println();
    printFrames(out);
    printThroughput(out);
    printGate(out);
    printSwitches(out);
    printRefusals(out);
    out.println("MAC change in use: " + report.macChange());
    report
        .leftOut()
        .forEach((reason, count) -> out.printf("left out: %,d frames %s%n", count, reason));
    report.failures().forEach(failure -> out.println("FAILED: " + failure));
    out.println();
    out.println(
        report.perfect()
            ? "every frame arrived once, in order and intact"
            : "NOT every frame arrived once, in order and intact, or a step failed");
  }

  private void printFrames(PrintWriter out) {
    out.printf(
        "%-20s %-12s %12s %16s %12s %6s %10s %9s %9s%n",
        "direction",
        "mode",
        "sent",
        "bytes",
        "received",
        "lost",
        "duplicated",
        "reordered",
        "corrupted");
    for (Direction direction : report.directions()) {
      printTally(out, direction.name(), "emulated", direction.emulated());
      printTally(out, "", "passthrough", direction.passthrough());
      if (direction.tally().unexpected() != 0) {
        out.printf("%-20s %,d frames that nobody sent%n", "", direction.tally().unexpected());
      }
    }
    for (GuestPaths guest : report.guests()) {
      out.printf(
          "%s: %,d frames taken back unsent when a VF went, and sent by emulation%n",
          guest.name(), guest.framesResent());
    }
    out.println();
  }

  private static void printTally(PrintWriter out, String name, String mode, Flow.Tally tally) {
    out.printf(
        "%-20s %-12s %,12d %,16d %,12d %,6d %,10d %,9d %,9d%n",
        name,
        mode,
        tally.sent(),
        tally.sentBytes(),
        tally.received(),
        tally.lost(),
        tally.duplicated(),
        tally.reordered(),
        tally.corrupted());
  }

  private void printThroughput(PrintWriter out) {
    out.printf("%-20s %10s %14s %12s%n", "delivered", "seconds", "frames/s", "Mbit/s");
    for (Map.Entry<ModeThroughput.Paths, ModeThroughput.Share> entry :
        new TreeMap<>(report.throughput()).entrySet()) {
      ModeThroughput.Share share = entry.getValue();
      double seconds = share.nanos() / NANOS_PER_SECOND;
      out.printf(
          "%-20s %10.2f %,14.0f %,12.0f%n",
          entry.getKey().words(),
          seconds,
          share.frames() / seconds,
          share.bytes() * 8 / seconds / 1e6);
    }
    out.println(
        "(a VF's plugin is loaded and compiled anew each time: npa bench measures it warm)");
    out.println();
  }

  private void printGate(PrintWriter out) {
    StringBuilder line = new StringBuilder("gate, cold:");
    double total = 0;
    for (var stage : report.gate()) {
      double millis = stage.nanos() / NANOS_PER_MILLI;
      total += millis;
      line.append(
          " %s %.1f ms,"
              .formatted(stage.stage().name().toLowerCase(java.util.Locale.ROOT), millis));
    }
    out.println(line.append(" together %.1f ms".formatted(total)));
  }

  private void printSwitches(PrintWriter out) {
    printSwitches(out, Outcome.TO_PASSTHROUGH, "to passthrough");
    printSwitches(out, Outcome.TO_EMULATED, "to emulated");
  }

  private void printSwitches(PrintWriter out, Outcome outcome, String words) {
    LongSummaryStatistics held = new LongSummaryStatistics();
    LongSummaryStatistics whole = new LongSummaryStatistics();
    for (SwitchRecord record : report.switches()) {
      if (record.outcome() == outcome) {
        held.accept(record.heldNanos());
        whole.accept(record.steps().stream().mapToLong(SwitchRecord.Step::nanos).sum());
      }
    }
    if (held.getCount() == 0) {
      return;
    }
    out.printf(
        "%d switches %s: sending held %.2f ms on average, %.2f ms at most; whole %.1f ms on"
            + " average%n",
        held.getCount(),
        words,
        held.getAverage() / NANOS_PER_MILLI,
        held.getMax() / NANOS_PER_MILLI,
        whole.getAverage() / NANOS_PER_MILLI);
  }

  private void printRefusals(PrintWriter out) {
    for (RefusedPackage refused : report.refused()) {
      out.printf(
          "refused: %s (%,d frames delivered meanwhile)%n",
          refused.what(), refused.framesMeanwhile());
      if (refused.byStore().equals(refused.byShell())) {
        printRefusals(out, "hypervisor and shell", refused.byStore());
      } else {
        printRefusals(out, "hypervisor", refused.byStore());
        printRefusals(out, "shell", refused.byShell());
      }
    }
  }

  private static void printRefusals(PrintWriter out, String who, List<Refusal> refusals) {
    refusals.forEach(refusal -> out.println("  " + who + ": " + refusal));
  }
}
