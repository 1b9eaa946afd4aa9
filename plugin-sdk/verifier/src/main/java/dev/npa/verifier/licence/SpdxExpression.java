// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An SPDX licence expression (SPDX 2.3, annex D), parsed by {@link SpdxParser}.
public sealed interface SpdxExpression {

  /// @param exception the SPDX exception after `WITH`
  record Licence(String id, Optional<String> exception) implements SpdxExpression {
    @Override
    public String toString() {
      return exception.map(e -> id + " WITH " + e).orElse(id);
    }
  }

  /// All of them apply at once.
  record And(List<SpdxExpression> operands) implements SpdxExpression {}

  /// The recipient picks one.
  record Or(List<SpdxExpression> operands) implements SpdxExpression {}

  /// The choices a recipient has, each the set of licences that then apply, in the order written.
  /// Bounded by the parser's length limit.
  default List<Set<Licence>> branches() {
    return switch (this) {
      case Licence licence -> List.of(Set.of(licence));
      case Or(List<SpdxExpression> operands) -> {
        List<Set<Licence>> all = new ArrayList<>();
        operands.forEach(operand -> all.addAll(operand.branches()));
        yield all;
      }
      case And(List<SpdxExpression> operands) -> {
        List<Set<Licence>> product = List.of(Set.of());
        for (SpdxExpression operand : operands) {
          List<Set<Licence>> next = new ArrayList<>();
          for (Set<Licence> left : product) {
            for (Set<Licence> right : operand.branches()) {
              Set<Licence> both = new LinkedHashSet<>(left);
              both.addAll(right);
              next.add(both);
            }
          }
          product = next;
        }
        yield product;
      }
    };
  }
}
