// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.PlainText;
import dev.npa.cli.refusals.Colour;
import dev.npa.cli.refusals.Places;
import dev.npa.cli.refusals.RefusalText;
import dev.npa.cli.refusals.SourceRoot;
import dev.npa.verifier.Location;
import dev.npa.verifier.bytecode.EntryCost;
import dev.npa.verifier.bytecode.LoopReport;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `npa check` prints for people: each cause as a compiler would, then one closing line.
final class TextReport {
  private static final int FEW = 6;

  private final PrintWriter out;
  private final Colour colour;
  private final RefusalText refusals;

  TextReport(PrintWriter out, Colour colour, SourceRoot sources, boolean all) {
    this.out = out;
    this.colour = colour;
    this.refusals = new RefusalText(out, colour, sources, all);
  }

  void print(CheckResult result) {
    result.traces().forEach(this::trace);
    refusals.print(result.refusals());
    result.report().filter(report -> result.accepted()).ifPresent(this::accepted);
    leftOut(result.candidate().leftOut());
    closing(result);
  }

  /// A plain JAR may hold what a package may not.
  private void leftOut(List<String> names) {
    if (!names.isEmpty()) {
      String some = names.stream().limit(FEW).map(PlainText::of).collect(Collectors.joining(", "));
      out.println(
          "note: not examined: "
              + some
              + (names.size() > FEW ? " ... " + names.size() + " files in all" : ""));
    }
  }

  private void trace(MethodTrace trace) {
    out.println(
        colour.strong(
            Places.method(new Location.Member(trace.owner(), trace.name(), trace.descriptor()))));
    if (!trace.isKnown()) {
      out.println("      nothing is known: the analysis gave it up");
    }
    Iterator<MethodTrace.Gap> gaps = trace.outOfReach().iterator();
    Optional<MethodTrace.Gap> gap = next(gaps);
    for (MethodTrace.Step step : trace.steps()) {
      if (gap.isPresent() && gap.get().first() < step.index()) {
        outOfReach(gap.get());
        gap = next(gaps);
      }
      out.println("      " + colour.quiet(step.before().toString()));
      out.println("%5d %s%s".formatted(step.index(), step.instruction(), mark(step.fault())));
    }
    gap.ifPresent(this::outOfReach);
    out.println();
  }

  private static Optional<MethodTrace.Gap> next(Iterator<MethodTrace.Gap> gaps) {
    return gaps.hasNext() ? Optional.of(gaps.next()) : Optional.empty();
  }

  private void outOfReach(MethodTrace.Gap gap) {
    out.println("      " + gap + " out of reach");
  }

  private String mark(MethodTrace.Fault fault) {
    return switch (fault) {
      case NONE -> "";
      case EXCLUDED -> colour.quiet("  ; cannot fault");
      case CHECKED -> "  ; may fault";
    };
  }

  private void accepted(Report report) {
    for (LoopReport loop : report.loops()) {
      String verdict =
          loop.isProved()
              ? "proved, at most " + loop.rounds().getAsLong() + " rounds"
              : "metered: " + loop.reason();
      out.println("loop  " + Places.brief(loop.where()) + "  " + verdict);
    }
    for (EntryCost cost : report.entries()) {
      String bound = cost.metered() ? "metered" : "proved";
      out.println(
          "cost  %-20s at most %,d bytecodes a call, %s; %s"
              .formatted(cost.entryPoint(), cost.bytecodes(), bound, faults(cost)));
    }
  }

  /// Faults in the sense of null, index, length, division and the SDK's arguments; metered code can
  /// run out of fuel besides.
  private static String faults(EntryCost cost) {
    int all = cost.provedSafe() + cost.checked();
    return cost.cannotFault()
        ? "cannot fault"
        : cost.provedSafe() + " of " + all + " instructions that could fault cannot";
  }

  private void closing(CheckResult result) {
    Extent extent = result.extent();
    String size =
        counted(extent.classes(), "class", "classes")
            + ", "
            + counted(extent.methods(), "method", "methods")
            + ", "
            + counted(extent.instructions(), "instruction", "instructions");
    String loops =
        result
            .report()
            .map(
                r ->
                    ", "
                        + counted(r.loopsProved(), "loop", "loops")
                        + " proved, "
                        + r.loopsMetered()
                        + " metered")
            .orElse("");
    String end = size + loops + ", " + result.nanos() / 1_000_000 + " ms";
    String what =
        PlainText.of(result.candidate().path().toString())
            + " ("
            + result.candidate().kind().words()
            + ")";
    if (result.accepted()) {
      out.println(colour.good("accepted") + ": " + what + ": " + end);
    } else {
      String causes = counted(RefusalText.causes(result.refusals()).size(), "cause", "causes");
      String places = counted(result.places(), "place", "places");
      out.println(
          colour.bad("refused") + ": " + what + ": " + causes + " in " + places + "; " + end);
    }
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
