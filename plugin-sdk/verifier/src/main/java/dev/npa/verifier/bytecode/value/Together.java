// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues.Analysis;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Analyses the methods of a plugin with what they tell each other, until nothing is news.
///
/// A callee is looked at when its first call is met, so that callers do not wait for results; from
/// then on in rounds, callers first, so that a method is looked at after all that is new to it in a
/// round.
final class Together {
  /// How deep first calls lead to others. Accepted plugins call no deeper; what is deeper waits for
  /// the next round.
  private static final int DEEPEST = 12;

  private final Subjects subjects;
  private final PluginFacts facts;
  private final Budget budget;
  private final NavigableSet<PluginMethod> work;
  private final Map<PluginMethod, Done> done = new HashMap<>();
  private final Set<PluginMethod> atWork = new HashSet<>();

  /// An analysis, and what it was told and asked.
  private record Done(List<Value> arguments, Reading reading, Analysis analysis) {}

  private Together(Subjects subjects, Budget budget) {
    this.subjects = subjects;
    this.budget = budget;
    this.facts = subjects.facts();
    Map<PluginMethod, Integer> rank = new HashMap<>();
    subjects.calleesFirst().forEach(method -> rank.put(method, -rank.size()));
    this.work = new TreeSet<>((a, b) -> Integer.compare(rank.get(a), rank.get(b)));
  }

  /// @return empty if nothing could be shown
  /// @throws IllTyped if the code is not type-safe, or the budget is used up
  static Optional<PluginValues> analyse(Subjects subjects, Budget budget) {
    Together together = new Together(subjects, budget);
    together.grow();
    PluginFacts narrower = subjects.collected(together.facts.wild(), together.analyses());
    Optional<PluginValues> found = together.shown(narrower);
    return found.isPresent() ? found : together.shown(together.facts);
  }

  private void grow() {
    subjects.addRoots(facts);
    for (PluginMethod method : subjects.calleesFirst()) {
      if (facts.arguments(method).isPresent()) {
        work.add(method);
      }
    }
    PluginMethod last = null;
    while (!work.isEmpty()) {
      PluginMethod next = last == null ? null : work.higher(last);
      last = next == null ? work.first() : next;
      look(last);
    }
  }

  private void look(PluginMethod method) {
    work.remove(method);
    List<Value> arguments = facts.arguments(method).orElseThrow();
    if (isUpToDate(done.get(method), arguments, facts)) {
      return;
    }
    atWork.add(method);
    Reading reading = new Reading(facts, this::firstCall);
    Analysis analysis = subjects.analyse(method, reading, arguments, last(method), budget);
    done.put(method, new Done(arguments, reading, analysis));
    atWork.remove(method);
    analysis.effects().replay(new Spreading(facts, method, subjects.dependents(), work::add));
  }

  private void firstCall(PluginMethod callee, List<Value> arguments) {
    if (done.containsKey(callee) || atWork.contains(callee) || atWork.size() >= DEEPEST) {
      return;
    }
    facts.addArguments(callee, Facts.detached(arguments));
    look(callee);
  }

  private Map<PluginMethod, Analysis> analyses() {
    Map<PluginMethod, Analysis> analyses = new HashMap<>();
    done.forEach((method, last) -> analyses.put(method, last.analysis()));
    return analyses;
  }

  /// Whether no method leads out of the facts if they hold. If so, they do: by induction over the
  /// calls, returns and stores of a run. Nothing of an earlier analysis is believed: each method is
  /// gone over once more under these very facts.
  private Optional<PluginValues> shown(PluginFacts claimed) {
    Map<PluginMethod, Analysis> analyses = new HashMap<>();
    Map<PluginMethod, MethodValues> values = new HashMap<>();
    for (PluginMethod method : subjects.calleesFirst()) {
      Optional<List<Value>> arguments = claimed.arguments(method);
      if (arguments.isPresent()) {
        Analysis analysis = again(method, claimed, arguments.get());
        analyses.put(method, analysis);
        values.put(method, analysis.values().under(claimed));
      }
    }
    return claimed.include(subjects.collected(claimed.wild(), analyses))
        ? Optional.of(new PluginValues(subjects, Optional.of(claimed), values))
        : Optional.empty();
  }

  private Analysis again(PluginMethod method, PluginFacts claimed, List<Value> arguments) {
    if (isUpToDate(done.get(method), arguments, claimed)) {
      Optional<Analysis> checked =
          subjects.check(method, claimed, arguments, done.get(method).analysis().values(), budget);
      if (checked.isPresent()) {
        return checked.get();
      }
    }
    return subjects.analyse(method, claimed, arguments, last(method), budget);
  }

  private Optional<MethodValues> last(PluginMethod method) {
    return Optional.ofNullable(done.get(method)).map(last -> last.analysis().values());
  }

  private boolean isUpToDate(Done last, List<Value> arguments, PluginFacts facts) {
    if (last == null || !last.arguments().equals(arguments)) {
      return false;
    }
    budget.spend(last.reading().size());
    return last.reading().agreesWith(facts);
  }
}
