// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/// A plugin that one rule refuses, and its neighbour that the rule lets pass.
///
/// @param place what the location of the refusal must contain
/// @param attack ids of reference `attacks.md` that the refused plugin tries, may be empty
record Fixture(
    RuleId rule,
    String attack,
    String name,
    String place,
    Supplier<SortedMap<String, byte[]>> refused,
    Supplier<SortedMap<String, byte[]>> accepted) {

  static Fixture of(
      RuleId rule,
      String attack,
      String name,
      String place,
      Supplier<SortedMap<String, byte[]>> refused,
      Supplier<SortedMap<String, byte[]>> accepted) {
    return new Fixture(rule, attack, name, place, refused, accepted);
  }

  List<Refusal> refusals() {
    return judge(refused.get());
  }

  static List<Refusal> judge(SortedMap<String, byte[]> classes) {
    return switch (BytecodeGate.verify(classes, PluginSource.ENTRY)) {
      case Verdict.Accepted<VerifiedClasses> accepted -> List.of();
      case Verdict.Refused<VerifiedClasses>(List<Refusal> refusals) -> refusals;
    };
  }

  @Override
  public String toString() {
    return rule.id() + " " + name;
  }
}
