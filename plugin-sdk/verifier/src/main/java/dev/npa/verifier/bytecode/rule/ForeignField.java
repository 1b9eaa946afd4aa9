// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;

/// Every field in the constant pool is declared by the class it is looked up in, and that class is
/// the plugin's. The SDK has no fields but constants, which javac copies.
final class ForeignField implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B011_FOREIGN_FIELD;
  }

  private static final String REMEDY = "use the plugin's own fields and compile-time constants";

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      for (ConstantPool.Member member : c.raw().pool().members()) {
        if (member.tag() == ConstantPool.FIELDREF && !isOwn(subject, member)) {
          String field = "field " + member.owner().replace('/', '.') + "." + member.name();
          boolean known = subject.world().mayNameClass(member.owner());
          String cause = known ? field : Cause.foreignClass(member.owner());
          for (Location where : c.uses().ofMember(member)) {
            out.add(cause, id(), where, field, REMEDY);
          }
        }
      }
    }
  }

  private static boolean isOwn(Subject subject, ConstantPool.Member member) {
    if (subject.world().isInserted(member.owner(), member.name(), member.descriptor())) {
      return true;
    }
    // A class that could not be read has been refused already.
    return subject.plugin().owns(member.owner())
        && subject
            .plugin()
            .find(member.owner())
            .map(owner -> owner.field(member.name(), member.descriptor()).isPresent())
            .orElse(true);
  }
}
