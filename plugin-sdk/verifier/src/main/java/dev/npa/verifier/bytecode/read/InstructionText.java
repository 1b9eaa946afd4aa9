// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.lang.classfile.Opcode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// An instruction as `javap` would print it, with indexes of instructions for jump targets.
public final class InstructionText {
  private static final Map<Integer, String> NAMES = names();

  private InstructionText() {}

  public static String of(PluginMethod method, int index) {
    int opcode = method.code().get(index).getOpcode();
    String operands = Operands.of(method, index);
    String name = NAMES.getOrDefault(opcode, "opcode " + opcode);
    return operands.isEmpty() ? name : name + " " + operands;
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    for (Opcode opcode : Opcode.values()) {
      if (!opcode.isWide()) {
        names.put(opcode.bytecode(), opcode.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
