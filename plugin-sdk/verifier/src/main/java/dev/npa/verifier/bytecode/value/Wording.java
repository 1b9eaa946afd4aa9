// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.Printable;
import java.util.ArrayList;
import java.util.List;

/// A state in words, for people: values, and what they are relative to locals and fields.
///
/// @param hasThis whether local 0 is `this`
public record Wording(State state, boolean hasThis) {

  /// One value: `int 0..63 = local 3 + 1, <= this.ring.size - 1`.
  public String of(Value value) {
    return switch (value) {
      case Value.Number number ->
          number + equation(" = ", number.equal()) + equation(", <= ", number.atMost());
      case Value.Reference reference ->
          reference
              + equation(" = ", reference.equal())
              + equation(", length = ", reference.length().equal())
              + equation(", length <= ", reference.length().atMost());
      case Value.Opaque opaque -> "other";
    };
  }

  /// Fields that are known through a name, and hold more than anything: `this.head: int 0..63`.
  public List<String> fields() {
    List<String> lines = new ArrayList<>();
    FieldValues fields = state.fields();
    for (int i = 0; i < fields.size(); i++) {
      String value = of(fields.value(i));
      if (!value.equals("other")) {
        lines.add(name(fields.symbol(i)) + ": " + value);
      }
    }
    return lines;
  }

  private String equation(String relation, Term term) {
    if (!term.isKnown()) {
      return "";
    }
    String offset =
        term.offset() == 0 ? "" : (term.offset() < 0 ? " - " : " + ") + Math.abs(term.offset());
    return relation + name(term.symbol()) + offset;
  }

  /// Paths are at most a few members deep.
  private String name(int symbol) {
    if (state.symbols().isLocal(symbol)) {
      return symbol == 0 && hasThis ? "this" : "local " + symbol;
    }
    String member = state.symbols().member(symbol);
    int colon = member.indexOf(':');
    String plain = colon < 0 ? member : member.substring(member.lastIndexOf('.', colon) + 1, colon);
    return name(state.symbols().parent(symbol))
        + '.'
        + Printable.text(plain.equals(Facts.LENGTH) ? "length" : plain);
  }
}
