// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects refusals in the order found. The same complaint about the same member is kept once, and
/// what an attacker wrote is made printable before it can reach a log.
public final class Refusals {
  private static final int TEXT_CHARS = 300;

  private final List<Refusal> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  public void add(RuleId rule, Location where, String detail, String remedy) {
    Location place = printable(where);
    String what = printable(detail);
    if (seen.add(rule.id() + ' ' + member(place) + ' ' + what)) {
      found.add(new Refusal(rule, place, what, remedy));
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Refusal> toList() {
    return List.copyOf(found);
  }

  private static String member(Location where) {
    return switch (where) {
      case Location.Package p -> p.part();
      case Location.Entry e -> e.name();
      case Location.Member m -> m.toString();
      case Location.Instruction i -> i.owner() + '.' + i.name() + i.descriptor();
    };
  }

  private static Location printable(Location where) {
    return switch (where) {
      case Location.Package p -> new Location.Package(printable(p.part()));
      case Location.Entry e -> new Location.Entry(printable(e.name()));
      case Location.Member m ->
          new Location.Member(printable(m.owner()), printable(m.name()), printable(m.descriptor()));
      case Location.Instruction i ->
          new Location.Instruction(
              printable(i.owner()),
              printable(i.name()),
              printable(i.descriptor()),
              i.index(),
              printable(i.source()));
    };
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < TEXT_CHARS; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return text.length() > TEXT_CHARS ? out.append("...").toString() : out.toString();
  }
}
