// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rewrite.Rewriter;
import dev.npa.verifier.bytecode.rewrite.Rewritten;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.value.Budget;
import dev.npa.verifier.bytecode.value.Certificate;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The classes as the rewriter wrote them, read and judged again.
///
/// @param subject what was written
/// @param refusals of what was written, empty if it may run
record Written(Subject subject, SortedMap<String, byte[]> classes, List<Refusal> refusals) {

  private static final Set<RuleId> METERING =
      EnumSet.of(RuleId.B044_UNMETERED_LOOP, RuleId.B045_FUEL_DISCIPLINE);

  /// @param vendor of shape, analysed; of no use afterwards
  static Written of(Subject vendor, Budget budget) {
    Refusals out = new Refusals();
    PluginFlow flow = vendor.flow();
    TypeSafety types = new TypeSafety(vendor.plugin(), out);
    Rewritten rewritten = rewrite(vendor.plugin(), flow, types);
    SortedMap<String, byte[]> classes = rewritten.classes();
    Plugin plugin = ClassReading.readWritten(classes, vendor.plugin().entryName(), out);
    Certificate certificate = new Certificate(flow.values(), rewritten.origins());
    Subject output = Subject.output(plugin, certificate, budget);
    if (out.isEmpty()) {
      BytecodeGate.ask(Rules.shape(), output, out);
      types.check(classes);
    }
    if (out.isEmpty()) {
      BytecodeGate.ask(Rules.metered(), output, out);
    }
    return new Written(output, classes, out.toList());
  }

  private static Rewritten rewrite(Plugin vendor, PluginFlow flow, TypeSafety types) {
    try {
      return Rewriter.rewrite(vendor, flow);
    } catch (RuntimeException notTypeSafe) {
      types.notWritten(notTypeSafe);
      return Rewritten.NONE;
    }
  }

  /// Whether nothing is wrong but that something should have been metered.
  boolean lacksMetering() {
    return !refusals.isEmpty() && refusals.stream().allMatch(r -> METERING.contains(r.rule()));
  }

  Set<Location> methodsRefused() {
    return refusals.stream()
        .map(
            refusal ->
                refusal.location() instanceof Location.Instruction at
                    ? at.method()
                    : refusal.location())
        .collect(Collectors.toSet());
  }

  VerifiedClasses accept(long nanos) {
    SortedMap<String, byte[]> all = new TreeMap<>(classes);
    String entry = subject.plugin().entryName();
    all.put(Meter.nameFor(entry), Rewriter.meter(subject.plugin()));
    return new VerifiedClasses(entry, all, new Findings(subject.flow()).report(nanos));
  }
}
