// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Evidence;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects refusals in the order found, one for each cause: a foreign class that forty
/// instructions use is refused once, with forty places.
public final class Refusals {
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final Map<String, String> absorbed = new HashMap<>();
  private final boolean byRule;

  public Refusals() {
    this(false);
  }

  private Refusals(boolean byRule) {
    this.byRule = byRule;
  }

  /// One refusal for each rule, the first found, with all the places where the rule is broken: for
  /// so many classes that nobody would read of each cause.
  public static Refusals byRule() {
    return new Refusals(true);
  }

  /// One cause: its first place, and the others without repetition.
  private static final class Found {
    final Refusal first;
    final Set<Location> elsewhere = new LinkedHashSet<>();

    /// By hash code: they are counted only, and there may be half a million.
    final Set<Integer> further = new HashSet<>();

    int places = 1;

    Found(Refusal first) {
      this.first = first;
    }

    void at(Location where) {
      if (first.location().equals(where) || elsewhere.contains(where)) {
        return;
      }
      if (elsewhere.size() < Evidence.PLACES) {
        elsewhere.add(where);
      } else if (!further.add(where.hashCode())) {
        return;
      }
      places++;
    }

    Refusal refusal() {
      return first.with(Evidence.NONE.at(List.copyOf(elsewhere), places));
    }
  }

  /// From now on whatever is found inside a class belongs to a cause that is known already.
  public void absorb(Location ofClass, String cause) {
    absorbed.put(ofClass.toString(), cause);
  }

  /// Refuses; the same complaint of the same rule elsewhere is the same cause.
  public void add(RuleId rule, Location where, String detail, String remedy) {
    add(rule.id() + ' ' + detail, rule, where, detail, remedy);
  }

  /// Refuses, or notes one more place if the cause is known already.
  ///
  /// @param seen the cause: what the author would have to change; rules that see the same thing
  ///   from several sides give the same text, and the first one that is asked reports
  public void add(String seen, RuleId rule, Location where, String detail, String remedy) {
    String cause = byRule ? rule.id() : absorbed.getOrDefault(owner(where), seen);
    Found known = found.get(cause);
    if (known == null) {
      found.put(cause, new Found(new Refusal(rule, where, detail, remedy)));
    } else {
      known.at(where);
    }
  }

  private static String owner(Location where) {
    return switch (where) {
      case Location.Member member -> member.owner();
      case Location.Instruction instruction -> instruction.owner();
      case Location.Package part -> "";
      case Location.Entry entry -> "";
    };
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Refusal> toList() {
    return found.values().stream().map(Found::refusal).toList();
  }
}
