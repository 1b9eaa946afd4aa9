// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.explain;

import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.bytecode.read.InstructionText;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.IntInsnNode;

/// Instructions in words, as `javap` names them, with indexes of instructions where `javap` has
/// offsets of bytes.
final class Listing {
  private static final int BEFORE = 2;
  private static final int AFTER = 1;

  private Listing() {}

  static CodeLine line(PluginMethod method, int index) {
    String text = InstructionText.of(method, index);
    return new CodeLine(
        index,
        method.code().get(index) instanceof IntInsnNode made && made.getOpcode() == Opcodes.NEWARRAY
            ? text.substring(0, text.indexOf(' ') + 1) + elementType(made.operand)
            : text);
  }

  /// Table 6.5.newarray-A of the JVM specification; a code that is not in it stays a number.
  private static String elementType(int code) {
    return switch (code) {
      case Opcodes.T_BOOLEAN -> "boolean";
      case Opcodes.T_CHAR -> "char";
      case Opcodes.T_FLOAT -> "float";
      case Opcodes.T_DOUBLE -> "double";
      case Opcodes.T_BYTE -> "byte";
      case Opcodes.T_SHORT -> "short";
      case Opcodes.T_INT -> "int";
      case Opcodes.T_LONG -> "long";
      default -> Integer.toString(code);
    };
  }

  /// The instruction, two before it and one after it.
  static List<CodeLine> around(PluginMethod method, int index) {
    List<CodeLine> lines = new ArrayList<>();
    int end = Math.min(method.code().size(), index + AFTER + 1);
    for (int i = Math.max(0, index - BEFORE); i < end; i++) {
      lines.add(line(method, i));
    }
    return lines;
  }
}
