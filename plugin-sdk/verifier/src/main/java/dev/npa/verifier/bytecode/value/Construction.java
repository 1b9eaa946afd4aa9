// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.value.Facts.SameObject;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;

/// What a constructor leaves in the fields of its object: values, and relations between final ones
/// (`mask = size - 1`, `buffers.length = size`).
///
/// @param values by field
/// @param relations final fields that follow from another final int
record Construction(Map<String, Value> values, Map<String, SameObject> relations) {
  private static final int THIS = 0;

  static Construction of(PluginClass owner, State end) {
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Term> terms = new LinkedHashMap<>();
    for (FieldNode field : owner.node().fields) {
      if ((field.access & Opcodes.ACC_STATIC) != 0) {
        continue;
      }
      String key = Facts.key(owner.name(), field.name, field.desc);
      int symbol = end.symbols().member(THIS, key);
      if (symbol == Term.NO_SYMBOL || !end.hasField(symbol)) {
        values.put(key, Facts.stored(Type.getType(field.desc)));
        continue;
      }
      Value value = end.field(symbol);
      values.put(key, Facts.detached(value));
      if ((field.access & Opcodes.ACC_FINAL) != 0) {
        terms.put(key, term(value));
      }
    }
    return new Construction(values, relations(terms));
  }

  private static Term term(Value value) {
    return switch (value) {
      case Number number -> number.width() == Width.INT ? number.equal() : Term.NONE;
      case Reference array -> array.length().equal();
      case Opaque opaque -> Term.NONE;
    };
  }

  private static Map<String, SameObject> relations(Map<String, Term> terms) {
    Map<Integer, Map.Entry<String, Term>> first = new HashMap<>();
    for (Map.Entry<String, Term> field : terms.entrySet()) {
      if (field.getKey().endsWith(":I") && field.getValue().isKnown()) {
        first.putIfAbsent(field.getValue().symbol(), field);
      }
    }
    Map<String, SameObject> relations = new HashMap<>();
    terms.forEach(
        (key, term) -> {
          Map.Entry<String, Term> other = first.get(term.symbol());
          if (other != null && !other.getKey().equals(key)) {
            long offset = term.offset() - other.getValue().offset();
            relations.put(key, new SameObject(other.getKey(), offset));
          }
        });
    return relations;
  }
}
