// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A plugin that one rule refuses, and its neighbour that the rule lets pass.
///
/// @param place what the location of the refusal must contain
/// @param attack ids of the project's attack list that the refused plugin tries, may be empty
/// @param classes what is given to the gate, nothing if a later stage is judged
record Fixture(
    RuleId rule,
    String attack,
    String name,
    String place,
    Supplier<List<Refusal>> refused,
    Supplier<List<Refusal>> accepted,
    List<Supplier<SortedMap<String, byte[]>>> classes) {

  /// Classes given to the gate.
  static Fixture of(
      RuleId rule,
      String attack,
      String name,
      String place,
      Supplier<SortedMap<String, byte[]>> refused,
      Supplier<SortedMap<String, byte[]>> accepted) {
    return new Fixture(
        rule,
        attack,
        name,
        place,
        () -> judge(refused.get()),
        () -> judge(accepted.get()),
        List.of(refused, accepted));
  }

  /// Something that no class given to the gate leads to, judged by what would judge it.
  static Fixture judged(
      RuleId rule,
      String attack,
      String name,
      String place,
      Supplier<List<Refusal>> refused,
      Supplier<List<Refusal>> accepted) {
    return new Fixture(rule, attack, name, place, refused, accepted, List.of());
  }

  Stream<SortedMap<String, byte[]>> inputs() {
    return classes.stream().map(Supplier::get);
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
