// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// A class as ASM read it, in lines of text that [JdkForm] must produce as well.
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
    var node = subject.node();
    lines.add("class %s %x version %d".formatted(node.name, node.access, node.version));
    lines.add("super " + node.superName);
    node.interfaces.forEach(i -> lines.add("implements " + i));
    lines.add("nest " + node.nestHostClass);
    if (node.nestMembers != null) {
      node.nestMembers.forEach(m -> lines.add("nest member " + m));
    }
    for (FieldNode field : node.fields) {
      lines.add("field %s %s %x %s".formatted(field.name, field.desc, field.access, field.value));
    }
    subject.methods().forEach(this::method);
    return lines;
  }

  private void method(PluginMethod method) {
    var node = method.node();
    lines.add("method %s %s %x".formatted(node.name, node.desc, node.access));
    if (!method.code().isEmpty()) {
      lines.add("stack %d locals %d".formatted(node.maxStack, node.maxLocals));
    }
    node.tryCatchBlocks.forEach(
        t ->
            lines.add(
                "handler %d %d %d %s"
                    .formatted(
                        method.target(t.start),
                        method.target(t.end),
                        method.target(t.handler),
                        t.type)));
    for (AbstractInsnNode insn : method.code()) {
      lines.add(instruction(method, insn));
    }
  }

  private static String instruction(PluginMethod method, AbstractInsnNode insn) {
    String operands =
        switch (insn) {
          case VarInsnNode v -> " " + v.var;
          case IincInsnNode i -> " " + i.var + " " + i.incr;
          case IntInsnNode i -> " " + i.operand;
          case TypeInsnNode t -> " " + t.desc;
          case FieldInsnNode f -> " " + f.owner + "." + f.name + " " + f.desc;
          case MethodInsnNode m -> " " + m.owner + "." + m.name + " " + m.desc + " " + m.itf;
          case LdcInsnNode c ->
              switch (c.cst) {
                case Number n -> " " + n.getClass().getSimpleName() + " " + n;
                case String text -> " String " + text;
                default -> " other";
              };
          case MultiANewArrayInsnNode a -> " " + a.desc + " " + a.dims;
          case JumpInsnNode j -> " " + method.target(j.label);
          case TableSwitchInsnNode s -> {
            List<String> cases = new ArrayList<>();
            for (int i = 0; i < s.labels.size(); i++) {
              cases.add(s.min + i + ":" + method.target(s.labels.get(i)));
            }
            yield " " + method.target(s.dflt) + " " + cases;
          }
          case LookupSwitchInsnNode s -> {
            List<String> cases = new ArrayList<>();
            for (int i = 0; i < s.labels.size(); i++) {
              LabelNode label = s.labels.get(i);
              cases.add(s.keys.get(i) + ":" + method.target(label));
            }
            yield " " + method.target(s.dflt) + " " + cases;
          }
          default -> "";
        };
    return Integer.toHexString(insn.getOpcode()) + operands;
  }
}
