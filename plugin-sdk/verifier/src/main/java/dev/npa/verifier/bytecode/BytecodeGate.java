// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.explain.Explainer;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rewrite.Rewriter;
import dev.npa.verifier.bytecode.rule.Rule;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bytecode gate: reads a plugin's classes, asks every rule, meters and writes the classes
/// anew, and asks every rule again about what it wrote.
public final class BytecodeGate {
  private final String entryClass;
  private final Refusals out = new Refusals();

  private BytecodeGate(String entryClass) {
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
    long start = System.nanoTime();
    SortedMap<String, byte[]> copy = new TreeMap<>();
    classes.forEach((name, bytes) -> copy.put(name, bytes.clone()));
    return new BytecodeGate(entryClass).run(copy, start);
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

  private Verdict<VerifiedClasses> run(SortedMap<String, byte[]> classes, long start) {
    try {
      return decide(classes, start);
    } catch (RuntimeException undecided) {
      // An analysis that throws has not said yes either.
      undecided("analysis", undecided, RuleId.B041_COST);
      return new Verdict.Refused<>(out.toList());
    }
  }

  private Verdict<VerifiedClasses> decide(SortedMap<String, byte[]> classes, long start) {
    Plugin vendor = ClassReading.read(classes, entryClass, out);
    Subject input = Subject.input(vendor);
    ask(Rules.input(), input);
    if (!out.isEmpty()) {
      return refused(input);
    }
    byte[] meter = Rewriter.meter(vendor);
    SortedMap<String, byte[]> written = rewrite(input);
    if (!out.isEmpty()) {
      return refused(input);
    }
    Plugin rewritten = ClassReading.read(written, entryClass, out);
    Subject output = Subject.output(rewritten);
    ask(Rules.output(), output);
    TypeSafety.check(rewritten, written, out);
    if (!out.isEmpty()) {
      return refused(output);
    }
    Report report = new Findings(output.flow()).report(System.nanoTime() - start);
    written.put(Meter.nameFor(entryClass), meter);
    return Verdict.accepted(new VerifiedClasses(entryClass, written, report));
  }

  private Verdict<VerifiedClasses> refused(Subject subject) {
    return new Verdict.Refused<>(
        KnownStates.add(Explainer.explain(out.toList(), subject.plugin()), subject));
  }

  /// A rule that throws has not said yes.
  private void ask(List<Rule> rules, Subject subject) {
    for (Rule rule : rules) {
      try {
        rule.check(subject, out);
      } catch (RuntimeException undecided) {
        undecided("rule", undecided, rule.id());
      }
    }
  }

  private void undecided(String what, RuntimeException thrown, RuleId rule) {
    out.add(
        rule,
        new Location.Package("classes"),
        "the " + what + " could not decide: " + thrown.getClass().getName(),
        "report this with the package");
  }

  /// ASM computes stack maps and throws on code that is not type-safe.
  private SortedMap<String, byte[]> rewrite(Subject input) {
    try {
      return Rewriter.rewrite(input.plugin(), input.flow());
    } catch (RuntimeException notTypeSafe) {
      TypeSafety.refuse(entryClass, "no stack map: " + notTypeSafe.getClass().getName(), out);
      return Collections.emptySortedMap();
    }
  }
}
