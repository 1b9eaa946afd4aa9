// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// The operands of an instruction as ASM read them, in words.
public final class Operands {
  private Operands() {}

  /// Operands, or nothing for an instruction that has none; jumps go to indexes of instructions.
  public static String of(PluginMethod method, int index) {
    return switch (method.code().get(index)) {
      case VarInsnNode v -> Integer.toString(v.var);
      case IincInsnNode i -> i.var + " " + i.incr;
      case IntInsnNode i -> Integer.toString(i.operand);
      case TypeInsnNode t -> t.desc;
      case FieldInsnNode f -> f.owner + "." + f.name + " " + f.desc;
      case MethodInsnNode m -> m.owner + "." + m.name + " " + m.desc + (m.itf ? " itf" : "");
      case LdcInsnNode c -> constant(c.cst);
      case InvokeDynamicInsnNode d -> d.name + " " + d.desc;
      case MultiANewArrayInsnNode a -> a.desc + " " + a.dims;
      case JumpInsnNode j -> Integer.toString(method.target(j.label));
      case TableSwitchInsnNode s -> {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < s.labels.size(); i++) {
          cases.add(s.min + i + ":" + method.target(s.labels.get(i)));
        }
        yield method.target(s.dflt) + " " + cases;
      }
      case LookupSwitchInsnNode s -> {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < s.labels.size(); i++) {
          cases.add(s.keys.get(i) + ":" + method.target(s.labels.get(i)));
        }
        yield method.target(s.dflt) + " " + cases;
      }
      default -> "";
    };
  }

  /// Floating-point numbers by their bits, so that no two of them read the same.
  private static String constant(Object constant) {
    return switch (constant) {
      case Float f -> "Float " + f + " " + Integer.toHexString(Float.floatToRawIntBits(f));
      case Double d -> "Double " + d + " " + Long.toHexString(Double.doubleToRawLongBits(d));
      case Number n -> n.getClass().getSimpleName() + " " + n;
      case String text -> "String " + text;
      case Type type -> "Class " + type.getInternalName();
      default -> "other " + constant.getClass().getSimpleName();
    };
  }
}
