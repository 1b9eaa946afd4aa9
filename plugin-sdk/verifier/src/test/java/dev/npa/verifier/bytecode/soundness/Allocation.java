// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.read.Plugin;
import java.lang.reflect.Array;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// Carries out what allocates.
final class Allocation {
  private static final int HEADER_BYTES = 16;

  private Allocation() {}

  /// Pushes the new object if the instruction makes one.
  ///
  /// @return its size, as a JVM without compressed references has it
  static long bytes(Plugin plugin, Frame frame, AbstractInsnNode insn) {
    return switch (insn.getOpcode()) {
      case Opcodes.NEW -> {
        Machine.Thing made = Machine.create(plugin, ((TypeInsnNode) insn).desc);
        frame.push(made);
        yield HEADER_BYTES + 8L * made.members.size();
      }
      case Opcodes.ANEWARRAY -> array(frame, Object.class, 8);
      case Opcodes.NEWARRAY ->
          switch (((IntInsnNode) insn).operand) {
            case Opcodes.T_BOOLEAN, Opcodes.T_BYTE -> array(frame, byte.class, 1);
            case Opcodes.T_CHAR -> array(frame, char.class, 2);
            case Opcodes.T_SHORT -> array(frame, short.class, 2);
            case Opcodes.T_INT -> array(frame, int.class, 4);
            case Opcodes.T_FLOAT -> array(frame, float.class, 4);
            case Opcodes.T_LONG -> array(frame, long.class, 8);
            default -> array(frame, double.class, 8);
          };
      default -> 0;
    };
  }

  private static long array(Frame frame, Class<?> element, int elementBytes) {
    int length = frame.popInt();
    if (length < 0) {
      throw new Machine.Fault("negative length");
    }
    frame.push(Array.newInstance(element, length));
    return HEADER_BYTES + (long) length * elementBytes;
  }
}
