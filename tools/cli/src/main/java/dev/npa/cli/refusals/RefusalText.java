// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.cli.PlainText;
import dev.npa.verifier.Evidence;
import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.RulePage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Refusals for people: each cause as a compiler would tell it. Why a rule is there stands at its
/// first refusal only.
public final class RefusalText {
  private static final int WIDTH = 96;
  private static final int FEW = 6;
  private static final int LABEL = 9;
  private static final int NARROWEST_GUTTER = 2;

  /// What leaves classes unread, so that a path through them cannot be known.
  private static final Set<RuleId> HIDES_CLASSES =
      EnumSet.range(RuleId.B001_UNREADABLE_CLASS, RuleId.B006_CONSTANT_KIND);

  private final PrintWriter out;
  private final Colour colour;
  private final SourceRoot sources;
  private final boolean all;

  /// @param all whether every known place of a cause is listed, not the first few
  public RefusalText(PrintWriter out, Colour colour, SourceRoot sources, boolean all) {
    this.out = out;
    this.colour = colour;
    this.sources = sources;
    this.all = all;
  }

  public void print(List<Refusal> refusals) {
    boolean allRead = refusals.stream().noneMatch(r -> HIDES_CLASSES.contains(r.rule()));
    Set<RuleId> told = EnumSet.noneOf(RuleId.class);
    for (List<Refusal> cause : causes(refusals)) {
      print(cause, allRead, told.add(cause.getFirst().rule()));
    }
  }

  /// What one source line has broken, together: it is one mistake, or is read as one. The rest each
  /// alone.
  public static List<List<Refusal>> causes(List<Refusal> refusals) {
    Map<String, List<Refusal>> byPlace = new LinkedHashMap<>();
    for (Refusal refusal : refusals) {
      String place =
          refusal.location() instanceof Location.Instruction at && Places.line(at) > 0
              ? at.owner() + " " + at.source()
              : "refusal " + byPlace.size();
      byPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(refusal);
    }
    return List.copyOf(byPlace.values());
  }

  private void print(List<Refusal> cause, boolean allRead, boolean firstOfRule) {
    Refusal refusal = cause.getFirst();
    out.println(
        colour.bad("error[" + refusal.rule().id() + "]")
            + colour.strong(": " + refusal.rule().title() + ": " + refusal.detail()));
    int gutter = gutter(refusal);
    place(refusal.location(), gutter);
    source(refusal, gutter);
    code(refusal, gutter);
    if (firstOfRule) {
      note(gutter, "reason", RulePage.of(refusal.rule()).reason());
    }
    path(refusal.evidence(), allRead, gutter);
    state(refusal.evidence(), gutter);
    elsewhere(refusal, gutter);
    note(gutter, "help", refusal.remedy());
    cause.stream().skip(1).forEach(more -> note(gutter, "and", besides(refusal, more)));
    if (firstOfRule) {
      note(gutter, "explain", "npa explain " + refusal.rule().id());
    }
    out.println();
  }

  /// What else the line has broken, without what the first refusal says already.
  private static String besides(Refusal first, Refusal more) {
    String title = more.rule() == first.rule() ? "" : more.rule().title() + ": ";
    String help = more.remedy().equals(first.remedy()) ? "" : "; " + more.remedy();
    return "error[" + more.rule().id() + "]: " + title + more.detail() + help;
  }

  private void place(Location location, int gutter) {
    String arrow = " ".repeat(gutter) + colour.quiet("--> ");
    switch (location) {
      case Location.Instruction at -> {
        int line = Places.line(at);
        String method = Places.method(at) + ": instruction " + at.index();
        if (line > 0) {
          out.println(arrow + PlainText.of(sources.path(at)) + ":" + line);
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

  private void state(Evidence evidence, int gutter) {
    if (!evidence.state().isEmpty()) {
      note(gutter, "state", String.join("; ", evidence.state()));
    }
  }

  private void source(Refusal refusal, int gutter) {
    if (refusal.location() instanceof Location.Instruction at) {
      sources
          .line(at)
          .ifPresent(
              text -> {
                bar(gutter, "", "");
                bar(gutter, Integer.toString(Places.line(at)), PlainText.of(text.stripTrailing()));
                if (refusal.evidence().code().isEmpty()) {
                  bar(gutter, "", "");
                }
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
    return Math.max(NARROWEST_GUTTER, Integer.toString(Math.max(line, index)).length());
  }
}
