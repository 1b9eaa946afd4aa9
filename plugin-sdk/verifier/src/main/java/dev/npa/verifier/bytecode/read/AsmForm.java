// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// A class as ASM read it, in lines that [JdkForm] must produce as well.
///
/// Left out: what the strict reader stripped, stack maps among it. Those of the written classes are
/// the verifier's own, and `ClassFile.verify` checks them.
final class AsmForm {
  private final PluginClass subject;
  private final List<Line> lines = new ArrayList<>();

  private AsmForm(PluginClass subject) {
    this.subject = subject;
  }

  static List<Line> of(PluginClass subject) {
    return new AsmForm(subject).render();
  }

  private List<Line> render() {
    ClassNode node = subject.node();
    lines.add(Line.of("class", node.name, "flags", node.access, "version", node.version));
    lines.add(Line.of("super", known(node.superName)));
    node.interfaces.forEach(i -> lines.add(Line.of("implements", i)));
    lines.add(Line.of("source", known(node.sourceFile)));
    lines.add(Line.of("nest", known(node.nestHostClass)));
    if (node.nestMembers != null) {
      node.nestMembers.forEach(m -> lines.add(Line.of("nest member", m)));
    }
    for (FieldNode field : node.fields) {
      lines.add(Line.of("field", field.name, field.desc, "flags", field.access));
      if (field.value != null) {
        lines.add(Line.constant("constant", field.value));
      }
    }
    for (PluginMethod method : subject.methods()) {
      method(method);
    }
    return lines;
  }

  /// ASM has null for what a class does not say; no name is the empty list.
  private static Object known(String name) {
    return name == null ? List.of() : name;
  }

  private void method(PluginMethod method) {
    var node = method.node();
    lines.add(Line.of("method", node.name, node.desc, "flags", node.access));
    List<AbstractInsnNode> code = method.code();
    if (code.isEmpty()) {
      return;
    }
    lines.add(Line.of("stack", node.maxStack, "locals", node.maxLocals));
    for (TryCatchBlockNode t : node.tryCatchBlocks) {
      int start = method.target(t.start);
      lines.add(
          Line.of("handler", start, method.target(t.end), method.target(t.handler), known(t.type)));
    }
    for (int i = 0; i < code.size(); i++) {
      lines.add(instruction(method, code.get(i)));
    }
    for (AbstractInsnNode insn : node.instructions) {
      if (insn instanceof LineNumberNode number) {
        lines.add(Line.of("line", number.line, "from", method.target(number.start)));
      }
    }
  }

  private static Line instruction(PluginMethod method, AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return switch (insn.getType()) {
      case AbstractInsnNode.INSN -> Line.of(opcode);
      case AbstractInsnNode.VAR_INSN -> Line.of(opcode, ((VarInsnNode) insn).var);
      case AbstractInsnNode.INT_INSN -> Line.of(opcode, ((IntInsnNode) insn).operand);
      case AbstractInsnNode.IINC_INSN -> {
        IincInsnNode i = (IincInsnNode) insn;
        yield Line.of(opcode, i.var, i.incr);
      }
      case AbstractInsnNode.TYPE_INSN -> Line.of(opcode, ((TypeInsnNode) insn).desc);
      case AbstractInsnNode.FIELD_INSN -> {
        FieldInsnNode f = (FieldInsnNode) insn;
        yield Line.of(opcode, f.owner, f.name, f.desc);
      }
      case AbstractInsnNode.METHOD_INSN -> {
        MethodInsnNode m = (MethodInsnNode) insn;
        yield Line.of(opcode, m.owner, m.name, m.desc, m.itf);
      }
      case AbstractInsnNode.LDC_INSN -> constant(opcode, ((LdcInsnNode) insn).cst);
      case AbstractInsnNode.JUMP_INSN ->
          Line.of(opcode, method.target(((JumpInsnNode) insn).label));
      default -> rare(method, opcode, insn);
    };
  }

  private static Line rare(PluginMethod method, int opcode, AbstractInsnNode insn) {
    return switch (insn) {
      case TableSwitchInsnNode s ->
          Line.of(opcode, method.target(s.dflt), s.min, s.max, targets(method, s.labels));
      case LookupSwitchInsnNode s ->
          Line.of(
              opcode,
              method.target(s.dflt),
              s.keys.stream().mapToInt(Integer::intValue).toArray(),
              targets(method, s.labels));
      case MultiANewArrayInsnNode a -> Line.of(opcode, a.desc, a.dims);
      case InvokeDynamicInsnNode d -> Line.of(opcode, d.name, d.desc);
      default -> Line.of(opcode, insn.getClass().getSimpleName());
    };
  }

  private static Line constant(int opcode, Object constant) {
    return constant instanceof Type type
        ? Line.of(opcode, "Class", type.getInternalName())
        : Line.constant(opcode, constant);
  }

  private static int[] targets(PluginMethod method, List<LabelNode> labels) {
    int[] targets = new int[labels.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = method.target(labels.get(i));
    }
    return targets;
  }
}
