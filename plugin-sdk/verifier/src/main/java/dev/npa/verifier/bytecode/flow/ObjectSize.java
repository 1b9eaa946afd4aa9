// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// How many bytes an allocation takes, at most, on HotSpot without compressed references.
public final class ObjectSize {
  private static final int HEADER_BYTES = 16;
  private static final int FIELD_BYTES = 8;

  private ObjectSize() {}

  /// Bytes of the object that `new` makes, or of one element of the array; empty for other
  /// instructions.
  public static OptionalInt of(Plugin plugin, AbstractInsnNode insn) {
    return switch (insn.getOpcode()) {
      case Opcodes.NEW ->
          OptionalInt.of(
              HEADER_BYTES
                  + FIELD_BYTES
                      * plugin
                          .find(((TypeInsnNode) insn).desc)
                          .map(c -> c.node().fields.size())
                          .orElse(0));
      case Opcodes.ANEWARRAY -> OptionalInt.of(FIELD_BYTES);
      case Opcodes.NEWARRAY ->
          switch (((IntInsnNode) insn).operand) {
            case Opcodes.T_BOOLEAN, Opcodes.T_BYTE -> OptionalInt.of(1);
            case Opcodes.T_CHAR, Opcodes.T_SHORT -> OptionalInt.of(2);
            case Opcodes.T_INT, Opcodes.T_FLOAT -> OptionalInt.of(4);
            default -> OptionalInt.of(FIELD_BYTES);
          };
      default -> OptionalInt.empty();
    };
  }
}
