// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.explain.Explainer;
import dev.npa.verifier.bytecode.read.Caps;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import java.util.List;
import java.util.SortedMap;

/// Looks at more classes than a plugin may have, for somebody who wants to know what else stands
/// between a library and a plugin. Accepts nothing: the gate refuses by the caps alone.
///
/// Asks the rules that take linear time and need no analysis of control flow.
public final class Survey {
  private Survey() {}

  /// Whether the gate stops at the caps and says nothing about the classes themselves.
  public static boolean isNeeded(SortedMap<String, byte[]> classes) {
    return classes.size() > Caps.CLASSES
        || classes.values().stream().mapToLong(content -> content.length).sum() > Caps.PLUGIN_BYTES;
  }

  /// Everything found, the caps first; one refusal for each rule.
  public static List<Refusal> of(SortedMap<String, byte[]> classes, String entryClass) {
    Refusals out = Refusals.byRule();
    Plugin plugin = ClassReading.survey(classes, entryClass, out);
    Subject subject = Subject.input(plugin);
    BytecodeGate.ask(Rules.linear(), subject, out);
    return Explainer.explain(out.toList(), plugin);
  }
}
