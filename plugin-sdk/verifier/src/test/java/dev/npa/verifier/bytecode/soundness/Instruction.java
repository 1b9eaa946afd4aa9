// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.lang.reflect.Array;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// The JVM's instructions as the specification has them (JVMS 6.5), but for fields, calls and
/// allocation. Written without a look at the analysis.
final class Instruction {
  private Instruction() {}

  /// @return index of the next instruction
  static int execute(Frame frame, AbstractInsnNode insn, int at) {
    PluginMethod method = frame.method();
    int opcode = insn.getOpcode();
    switch (insn) {
      case VarInsnNode use -> {
        if (opcode < Opcodes.ISTORE) {
          frame.push(frame.get(use.var));
        } else {
          frame.set(use.var, frame.pop());
        }
      }
      case IincInsnNode iinc -> frame.set(iinc.var, (Integer) frame.get(iinc.var) + iinc.incr);
      case IntInsnNode push -> {
        if (opcode != Opcodes.NEWARRAY) {
          frame.push(push.operand);
        }
      }
      case LdcInsnNode push -> frame.push(push.cst);
      case JumpInsnNode jump -> {
        return jumps(frame, opcode) ? method.target(jump.label) : at + 1;
      }
      case TableSwitchInsnNode table -> {
        int key = frame.popInt();
        boolean inside = key >= table.min && key <= table.max;
        return method.target(inside ? table.labels.get(key - table.min) : table.dflt);
      }
      case LookupSwitchInsnNode lookup -> {
        int found = lookup.keys.indexOf(frame.popInt());
        LabelNode label = found >= 0 ? lookup.labels.get(found) : lookup.dflt;
        return method.target(label);
      }
      default -> simple(frame, opcode);
    }
    return at + 1;
  }

  private static boolean jumps(Frame frame, int opcode) {
    if (opcode == Opcodes.GOTO) {
      return true;
    }
    if (opcode == Opcodes.IFNULL || opcode == Opcodes.IFNONNULL) {
      return frame.pop() == null == (opcode == Opcodes.IFNULL);
    }
    if (opcode == Opcodes.IF_ACMPEQ || opcode == Opcodes.IF_ACMPNE) {
      Object right = frame.pop();
      return isSame(frame.pop(), right) == (opcode == Opcodes.IF_ACMPEQ);
    }
    int right = opcode >= Opcodes.IF_ICMPEQ ? frame.popInt() : 0;
    int left = frame.popInt();
    return switch (opcode) {
      case Opcodes.IFEQ, Opcodes.IF_ICMPEQ -> left == right;
      case Opcodes.IFNE, Opcodes.IF_ICMPNE -> left != right;
      case Opcodes.IFLT, Opcodes.IF_ICMPLT -> left < right;
      case Opcodes.IFGE, Opcodes.IF_ICMPGE -> left >= right;
      case Opcodes.IFGT, Opcodes.IF_ICMPGT -> left > right;
      default -> left <= right;
    };
  }

  @SuppressWarnings("ReferenceEquality") // what the instruction does
  private static boolean isSame(Object left, Object right) {
    return left == right;
  }

  private static void simple(Frame frame, int opcode) {
    if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
      frame.push(opcode - Opcodes.ICONST_0);
    } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      load(frame);
    } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      store(frame);
    } else if (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) {
      stack(frame, opcode);
    } else if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
      frame.push((long) (opcode - Opcodes.LCONST_0));
    } else if (opcode == Opcodes.ACONST_NULL) {
      frame.push(null);
    } else if (opcode == Opcodes.ARRAYLENGTH) {
      frame.push(Array.getLength(notNull(frame.pop())));
    } else if (opcode >= Opcodes.IADD && opcode <= Opcodes.LXOR) {
      binary(frame, opcode);
    } else if (opcode >= Opcodes.I2L && opcode <= Opcodes.I2S) {
      frame.push(convert(frame.pop(), opcode));
    } else if (opcode == Opcodes.LCMP) {
      long right = frame.popLong();
      frame.push(Long.compare(frame.popLong(), right));
    } else if (opcode != Opcodes.NOP && opcode != Opcodes.NEW && opcode != Opcodes.ANEWARRAY) {
      throw new UnsupportedOperationException("opcode " + opcode);
    }
  }

  private static Object notNull(Object reference) {
    if (reference == null) {
      throw new Machine.Fault("null");
    }
    return reference;
  }

  private static void load(Frame frame) {
    int index = frame.popInt();
    Object array = notNull(frame.pop());
    check(array, index);
    Object element = Array.get(array, index);
    frame.push(
        switch (element) {
          case Byte b -> (Object) (int) b;
          case Character c -> (int) c;
          case Short s -> (int) s;
          case null -> null;
          default -> element;
        });
  }

  private static void store(Frame frame) {
    Object value = frame.pop();
    int index = frame.popInt();
    Object array = notNull(frame.pop());
    check(array, index);
    switch (array) {
      case byte[] bytes -> bytes[index] = (byte) (int) (Integer) value;
      case char[] chars -> chars[index] = (char) (int) (Integer) value;
      case short[] shorts -> shorts[index] = (short) (int) (Integer) value;
      default -> Array.set(array, index, value);
    }
  }

  private static void check(Object array, int index) {
    if (index < 0 || index >= Array.getLength(array)) {
      throw new Machine.Fault("index");
    }
  }

  private static void stack(Frame frame, int opcode) {
    switch (opcode) {
      case Opcodes.POP -> frame.pop();
      case Opcodes.POP2 -> take(frame, 2);
      case Opcodes.SWAP -> {
        Object top = frame.pop();
        Object below = frame.pop();
        frame.push(top);
        frame.push(below);
      }
      default -> {
        int copied = opcode >= Opcodes.DUP2 ? 2 : 1;
        int under = (opcode - Opcodes.DUP) % 3;
        Object[] values = take(frame, copied);
        Object[] passed = take(frame, under);
        give(frame, values);
        give(frame, passed);
        give(frame, values);
      }
    }
  }

  private static Object[] take(Frame frame, int slots) {
    if (slots == 0) {
      return new Object[0];
    }
    Object top = frame.pop();
    return slots == 1 || Frame.isWide(top) ? new Object[] {top} : new Object[] {frame.pop(), top};
  }

  private static void give(Frame frame, Object[] values) {
    for (Object value : values) {
      frame.push(value);
    }
  }

  private static void binary(Frame frame, int opcode) {
    if (opcode == Opcodes.INEG) {
      frame.push(-frame.popInt());
    } else if (opcode == Opcodes.LNEG) {
      frame.push(-frame.popLong());
    } else {
      Object right = frame.pop();
      Object left = frame.pop();
      frame.push(
          left instanceof Long a
              ? (Object) ofLongs(opcode, a, ((Number) right).longValue())
              : (Object) ofInts(opcode, (Integer) left, (Integer) right));
    }
  }

  private static int ofInts(int opcode, int a, int b) {
    return switch (opcode) {
      case Opcodes.IADD -> a + b;
      case Opcodes.ISUB -> a - b;
      case Opcodes.IMUL -> a * b;
      case Opcodes.IDIV -> a / divisor(b);
      case Opcodes.IREM -> a % divisor(b);
      case Opcodes.ISHL -> a << b;
      case Opcodes.ISHR -> a >> b;
      case Opcodes.IUSHR -> a >>> b;
      case Opcodes.IAND -> a & b;
      case Opcodes.IOR -> a | b;
      case Opcodes.IXOR -> a ^ b;
      default -> throw new UnsupportedOperationException("opcode " + opcode);
    };
  }

  private static long ofLongs(int opcode, long a, long b) {
    return switch (opcode) {
      case Opcodes.LADD -> a + b;
      case Opcodes.LSUB -> a - b;
      case Opcodes.LMUL -> a * b;
      case Opcodes.LDIV -> a / divisor(b);
      case Opcodes.LREM -> a % divisor(b);
      case Opcodes.LSHL -> a << b;
      case Opcodes.LSHR -> a >> b;
      case Opcodes.LUSHR -> a >>> b;
      case Opcodes.LAND -> a & b;
      case Opcodes.LOR -> a | b;
      case Opcodes.LXOR -> a ^ b;
      default -> throw new UnsupportedOperationException("opcode " + opcode);
    };
  }

  private static int divisor(int divisor) {
    return (int) divisor((long) divisor);
  }

  private static long divisor(long divisor) {
    if (divisor == 0) {
      throw new Machine.Fault("division by zero");
    }
    return divisor;
  }

  private static Object convert(Object value, int opcode) {
    Number number = (Number) value;
    return switch (opcode) {
      case Opcodes.I2L -> number.longValue();
      case Opcodes.L2I -> number.intValue();
      case Opcodes.I2B -> (int) number.byteValue();
      case Opcodes.I2C -> (int) (char) number.intValue();
      case Opcodes.I2S -> (int) number.shortValue();
      default -> throw new UnsupportedOperationException("opcode " + opcode);
    };
  }
}
