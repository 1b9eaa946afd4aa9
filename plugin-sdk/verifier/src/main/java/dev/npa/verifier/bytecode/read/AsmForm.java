// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/// A class as ASM read it, in lines of text that [JdkForm] must produce as well.
///
/// Left out: what the strict reader stripped, stack maps among it. Those of the written classes are
/// the verifier's own, and `ClassFile.verify` checks them.
final class AsmForm {
  private final PluginClass subject;
  private final List<String> lines = new ArrayList<>();

  private AsmForm(PluginClass subject) {
    this.subject = subject;
  }

  static List<String> of(PluginClass subject) {
    return new AsmForm(subject).render();
  }

  private List<String> render() {
    ClassNode node = subject.node();
    lines.add("class " + node.name + " flags " + node.access + " version " + node.version);
    lines.add("super " + node.superName);
    node.interfaces.forEach(i -> lines.add("implements " + i));
    lines.add("source " + node.sourceFile);
    lines.add("nest " + node.nestHostClass);
    if (node.nestMembers != null) {
      node.nestMembers.forEach(m -> lines.add("nest member " + m));
    }
    for (FieldNode field : node.fields) {
      String value = field.value == null ? "none" : Operands.constant(field.value);
      lines.add("field " + field.name + " " + field.desc + " flags " + field.access + " " + value);
    }
    subject.methods().forEach(this::method);
    return lines;
  }

  private void method(PluginMethod method) {
    var node = method.node();
    lines.add("method " + node.name + " " + node.desc + " flags " + node.access);
    if (method.code().isEmpty()) {
      return;
    }
    lines.add("stack " + node.maxStack + " locals " + node.maxLocals);
    for (TryCatchBlockNode t : node.tryCatchBlocks) {
      lines.add(
          "handler "
              + method.target(t.start)
              + " "
              + method.target(t.end)
              + " "
              + method.target(t.handler)
              + " "
              + t.type);
    }
    for (int i = 0; i < method.code().size(); i++) {
      lines.add(method.code().get(i).getOpcode() + " " + Operands.of(method, i));
    }
    for (AbstractInsnNode insn : node.instructions) {
      if (insn instanceof LineNumberNode number) {
        lines.add("line " + number.line + " from " + method.target(number.start));
      }
    }
  }
}
