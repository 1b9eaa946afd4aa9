// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;

/// Every method in the constant pool is declared by the class it is looked up in, and that class is
/// the plugin's, or it is on the allow-list with this owner, name and descriptor. A method that an
/// own class would inherit is declared elsewhere and therefore not found.
final class ForeignMethod implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B012_FOREIGN_METHOD;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      for (ConstantPool.Member member : c.raw().pool().members()) {
        if (member.tag() != ConstantPool.FIELDREF && !isKnown(subject, member)) {
          String owner = member.owner().replace('/', '.');
          String call = "method " + owner + "." + member.name() + member.descriptor();
          String cause = cause(subject, member, call);
          String remedy = Instead.ofMethod(member.owner(), member.name());
          for (Location where : c.uses().ofMember(member)) {
            out.add(cause, id(), where, call, remedy);
          }
        }
      }
    }
  }

  /// A method of a foreign class, one inherited from it, or one that puts a number in a box.
  private static String cause(Subject subject, ConstantPool.Member member, String call) {
    String owner = member.owner();
    if (!subject.world().mayNameClass(owner) || Instead.boxes(owner, member.name())) {
      return Cause.foreignClass(owner);
    }
    return subject
        .plugin()
        .find(owner)
        .map(c -> c.node().superName)
        .filter(superclass -> !superclass.equals(AllowList.OBJECT))
        .map(Cause::foreignClass)
        .orElse(call);
  }

  private static boolean isKnown(Subject subject, ConstantPool.Member member) {
    String owner = member.owner();
    if (subject.world().isInserted(owner, member.name(), member.descriptor())) {
      return true;
    }
    if (!subject.plugin().owns(owner)) {
      return AllowList.hasMethod(owner, member.name(), member.descriptor());
    }
    // A class that could not be read has been refused already.
    return subject
        .plugin()
        .find(owner)
        .map(declaring -> declaring.method(member.name(), member.descriptor()).isPresent())
        .orElse(true);
  }
}
