// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.stream.Stream;

/// All fixtures of the bytecode rules. Each has a refused and an accepted side.
public final class BytecodeFixtures {
  private BytecodeFixtures() {}

  static List<Fixture> all() {
    return Stream.of(
            ReadFixtures.all(),
            WorldFixtures.all(),
            ShapeFixtures.all(),
            CodeFixtures.all(),
            FlowFixtures.all(),
            LinkFixtures.all(),
            AttackFixtures.all(),
            OutputFixtures.all())
        .flatMap(List::stream)
        .toList();
  }

  /// The rule of each fixture.
  public static Stream<RuleId> rules() {
    return all().stream().map(Fixture::rule);
  }
}
