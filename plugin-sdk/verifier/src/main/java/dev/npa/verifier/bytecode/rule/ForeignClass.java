// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.FirstUse;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;

/// Every class in the constant pool is the plugin's or on the allow-list, used or not.
final class ForeignClass implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B010_FOREIGN_CLASS;
  }

  static final String REMEDY =
      "use only the plugin's classes, dev.npa.plugin, and the number methods of Math, Integer,"
          + " Long, Short and Byte";

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      FirstUse uses = FirstUse.of(c);
      for (String name : c.raw().pool().classes()) {
        if (Descriptors.isClassName(name) && subject.world().mayNameClass(name)) {
          continue;
        }
        out.add(id(), uses.ofClass(name), "class " + name.replace('/', '.'), REMEDY);
      }
    }
  }
}
