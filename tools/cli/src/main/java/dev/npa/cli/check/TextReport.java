// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.verifier.Evidence;
import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.RulePage;
import dev.npa.verifier.bytecode.EntryCost;
import dev.npa.verifier.bytecode.LoopReport;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What `npa check` prints for people: each cause as a compiler would, then one closing line.
final class TextReport {
  private static final int WIDTH = 96;
  private static final int FEW = 6;
  private static final int LABEL = 9;

  /// What leaves classes unread, so that a path through them cannot be known.
  private static final Set<RuleId> HIDES_CLASSES =
      EnumSet.range(RuleId.B001_UNREADABLE_CLASS, RuleId.B006_CONSTANT_KIND);

  private final PrintWriter out;
  private final Colour colour;
  private final SourceRoot sources;
  private final boolean all;

  TextReport(PrintWriter out, Colour colour, SourceRoot sources, boolean all) {
    this.out = out;
    this.colour = colour;
    this.sources = sources;
    this.all = all;
  }

  void print(CheckResult result) {
    result.traces().forEach(this::trace);
    boolean allRead = result.refusals().stream().noneMatch(r -> HIDES_CLASSES.contains(r.rule()));
    result.refusals().forEach(refusal -> refusal(refusal, allRead));
    result.report().filter(report -> result.accepted()).ifPresent(this::accepted);
    closing(result);
  }

  private void refusal(Refusal refusal, boolean allRead) {
    out.println(
        colour.bad("error[" + refusal.rule().id() + "]")
            + colour.strong(": " + refusal.rule().title() + ": " + refusal.detail()));
    int gutter = gutter(refusal);
    place(refusal.location(), gutter);
    source(refusal.location(), gutter);
    code(refusal, gutter);
    note(gutter, "reason", RulePage.of(refusal.rule()).reason());
    path(refusal.evidence(), allRead, gutter);
    for (String known : refusal.evidence().state()) {
      note(gutter, "state", known);
    }
    elsewhere(refusal, gutter);
    note(gutter, "help", refusal.remedy());
    note(gutter, "explain", "npa explain " + refusal.rule().id());
    out.println();
  }

  private void place(Location location, int gutter) {
    String arrow = " ".repeat(gutter) + colour.quiet("--> ");
    switch (location) {
      case Location.Instruction at -> {
        int line = Places.line(at);
        String method = Places.method(at) + ": instruction " + at.index();
        if (line > 0) {
          out.println(arrow + sources.path(at) + ":" + line);
          out.println(" ".repeat(gutter + 4) + method);
        } else {
          out.println(arrow + method);
        }
      }
      case Location.Member member -> out.println(arrow + Places.method(member));
      case Location.Package part -> out.println(arrow + part);
      case Location.Entry entry -> out.println(arrow + entry);
    }
  }

  private void source(Location location, int gutter) {
    if (location instanceof Location.Instruction at) {
      sources
          .line(at)
          .ifPresent(
              text -> {
                bar(gutter, "", "");
                bar(gutter, Integer.toString(Places.line(at)), text.stripTrailing());
              });
    }
  }

  private void code(Refusal refusal, int gutter) {
    if (!(refusal.location() instanceof Location.Instruction at)
        || refusal.evidence().code().isEmpty()) {
      return;
    }
    bar(gutter, "", "");
    for (CodeLine line : refusal.evidence().code()) {
      bar(gutter, Integer.toString(line.index()), line.text());
      if (line.index() == at.index()) {
        bar(gutter, "", colour.bad("^".repeat(Math.max(1, line.text().strip().length()))));
      }
    }
    bar(gutter, "", "");
  }

  private void path(Evidence evidence, boolean allRead, int gutter) {
    if (!evidence.callPath().isEmpty()) {
      String path =
          evidence.callPath().stream().map(Places::brief).collect(Collectors.joining(" -> "));
      note(gutter, "path", path);
    } else if (allRead && !evidence.code().isEmpty()) {
      note(gutter, "path", "no entry point leads here");
    }
  }

  private void elsewhere(Refusal refusal, int gutter) {
    String here = Places.brief(refusal.location());
    List<String> others =
        refusal.evidence().elsewhere().stream()
            .map(Places::brief)
            .filter(place -> !place.equals(here))
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      int shown = all ? others.size() : Math.min(FEW, others.size());
      boolean more = shown < others.size() || refusal.evidence().places() > Evidence.PLACES;
      String total = more ? " ... " + refusal.evidence().places() + " places in all" : "";
      note(gutter, "also", String.join(", ", others.subList(0, shown)) + total);
    }
  }

  private void bar(int gutter, String number, String text) {
    String line = " ".repeat(Math.max(0, gutter - number.length())) + number + " |";
    out.println(colour.quiet(line) + (text.isEmpty() ? "" : "   " + text));
  }

  private void note(int gutter, String label, String text) {
    String start = " ".repeat(gutter + 1) + colour.quiet("= ") + label + ":";
    String indent = " ".repeat(gutter + 3 + LABEL);
    String pad = " ".repeat(LABEL - label.length() - 1);
    List<String> lines = Wrapped.lines(text, WIDTH - indent.length());
    out.println(start + pad + lines.getFirst());
    lines.stream().skip(1).forEach(line -> out.println(indent + line));
  }

  private static int gutter(Refusal refusal) {
    int line = refusal.location() instanceof Location.Instruction at ? Places.line(at) : 0;
    int index = refusal.evidence().code().stream().mapToInt(CodeLine::index).max().orElse(0);
    return Integer.toString(Math.max(line, index)).length();
  }

  private void trace(MethodTrace trace) {
    out.println(
        colour.strong(
            Places.method(new Location.Member(trace.owner(), trace.name(), trace.descriptor()))));
    for (MethodTrace.Step step : trace.steps()) {
      out.println("      " + colour.quiet(step.before().toString()));
      out.println("%5d %s".formatted(step.index(), step.instruction()));
    }
    out.println();
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
          "cost  %-20s at most %,d bytecodes a call, %s"
              .formatted(cost.entryPoint(), cost.bytecodes(), bound));
    }
  }

  private void closing(CheckResult result) {
    Extent extent = result.extent();
    String size =
        "%d classes, %d methods, %d instructions"
            .formatted(extent.classes(), extent.methods(), extent.instructions());
    String loops =
        result
            .report()
            .map(r -> ", %d loops proved, %d metered".formatted(r.loopsProved(), r.loopsMetered()))
            .orElse("");
    String end = size + loops + ", " + result.nanos() / 1_000_000 + " ms";
    String what = result.candidate().path() + " (" + result.candidate().kind().words() + ")";
    if (result.accepted()) {
      out.println(colour.good("accepted") + ": " + what + ": " + end);
    } else {
      String causes =
          result.refusals().size() == 1 ? "1 cause" : result.refusals().size() + " causes";
      String places = result.places() == 1 ? "1 place" : result.places() + " places";
      out.println(
          colour.bad("refused") + ": " + what + ": " + causes + " in " + places + "; " + end);
    }
  }
}
