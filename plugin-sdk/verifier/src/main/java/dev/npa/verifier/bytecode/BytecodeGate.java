// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.explain.Explainer;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rule.Rule;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.value.Budget;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The bytecode gate: reads a plugin's classes, asks every rule, meters and writes the classes
/// anew, and asks every rule again about what it wrote.
public final class BytecodeGate {
  private final SortedMap<String, byte[]> classes;
  private final String entryClass;
  private final long start = System.nanoTime();
  private final Budget budget = PluginFlow.budget();

  private BytecodeGate(SortedMap<String, byte[]> classes, String entryClass) {
    this.classes = classes;
    this.entryClass = entryClass;
  }

  /// Decides on a plugin. Never throws for what the classes contain; takes time and memory within
  /// bounds given by the caps. Safe to call from any thread.
  ///
  /// @param classes internal name to class file, as read from the package; not changed or kept
  /// @param entryClass internal name of the class that implements `NpaPlugin`
  /// @return the classes to define, or every reason found why not, in an order that depends on the
  ///   input alone
  public static Verdict<VerifiedClasses> verify(
      SortedMap<String, byte[]> classes, String entryClass) {
    SortedMap<String, byte[]> copy = new TreeMap<>();
    classes.forEach((name, bytes) -> copy.put(name, bytes.clone()));
    try {
      return new BytecodeGate(copy, entryClass).decide();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError undecided) {
      // An analysis that throws has not said yes.
      Refusals out = new Refusals();
      refuse("analysis", undecided, RuleId.B041_COST, out);
      return new Verdict.Refused<>(out.toList());
    }
  }

  /// What is known before each instruction of classes as their vendor wrote them, for explaining a
  /// verdict. Classes that cannot be read are left out. Takes the same care of its input as
  /// [#verify].
  ///
  /// @param classes internal name to class file
  /// @param entryClass internal name of the class that implements `NpaPlugin`
  public static List<MethodTrace> trace(SortedMap<String, byte[]> classes, String entryClass) {
    Plugin vendor = ClassReading.read(classes, entryClass, new Refusals());
    return new Findings(PluginFlow.beforeMetering(vendor)).traces();
  }

  private Verdict<VerifiedClasses> decide() {
    Refusals out = new Refusals();
    Plugin vendor = ClassReading.read(classes, entryClass, out);
    Subject input = Subject.input(vendor, method -> true, budget);
    ask(Rules.shape(), input, out);
    if (out.isEmpty()) {
      ask(Rules.cost(), input, out);
    }
    if (!out.isEmpty()) {
      return refused(out.toList(), input);
    }
    Written first = Written.of(input, budget);
    if (!first.lacksMetering()) {
      return verdict(first);
    }
    // A loop was proved in the vendor's code and is not in what was written, where the analysis
    // took another way. So all loops of such methods are metered, and if that is not all, all
    // loops.
    Set<Location> unproved = first.methodsRefused();
    Written second = written(method -> !unproved.contains(method.here()));
    return verdict(second.lacksMetering() ? written(method -> false) : second);
  }

  /// @param counts methods of which loops may be proved
  private Written written(Predicate<PluginMethod> counts) {
    Plugin vendor = ClassReading.read(classes, entryClass, new Refusals());
    return Written.of(Subject.input(vendor, counts, budget), budget);
  }

  private Verdict<VerifiedClasses> verdict(Written written) {
    return written.refusals().isEmpty()
        ? Verdict.accepted(written.accept(System.nanoTime() - start))
        : refused(written.refusals(), written.subject());
  }

  private static Verdict<VerifiedClasses> refused(List<Refusal> refusals, Subject subject) {
    return new Verdict.Refused<>(
        KnownStates.add(Explainer.explain(refusals, subject.plugin()), subject));
  }

  /// A rule that throws has not said yes.
  static void ask(List<Rule> rules, Subject subject, Refusals out) {
    for (Rule rule : rules) {
      try {
        rule.check(subject, out);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError undecided) {
        refuse("rule", undecided, rule.id(), out);
      }
    }
  }

  private static void refuse(String what, Throwable thrown, RuleId rule, Refusals out) {
    out.add(
        rule,
        new Location.Package("classes"),
        "the " + what + " could not decide: " + thrown.getClass().getName(),
        "report this with the package");
  }
}
