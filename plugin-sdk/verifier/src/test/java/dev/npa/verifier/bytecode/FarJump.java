// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.util.SortedMap;

/// A plugin with a `goto_w`, which ASM would write as a `goto`.
final class FarJump {
  private FarJump() {}

  static SortedMap<String, byte[]> plugin() {
    SortedMap<String, byte[]> classes =
        PluginSource.plugin().poll("while (queue > 0) { queue--; }").compile();
    ClassFile jdk = ClassFile.of();
    CodeTransform widen = FarJump::widen;
    classes.put(
        ENTRY,
        jdk.transformClass(
            jdk.parse(classes.get(ENTRY)), ClassTransform.transformingMethodBodies(widen)));
    return classes;
  }

  private static void widen(CodeBuilder code, CodeElement element) {
    if (element instanceof BranchInstruction jump && jump.opcode() == Opcode.GOTO) {
      code.goto_w(jump.target());
    } else {
      code.with(element);
    }
  }
}
