// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Inputs that multiply: many calls, handlers or throws by as many refusals. Each is refused by
/// more than one rule, and each rule must take its time for itself.
final class CallBombs {
  private static final String VOID = "()V";
  private static final int CLASSES = 40;
  private static final int METHODS = 250;

  private CallBombs() {}

  static Map<String, SortedMap<String, byte[]>> all() {
    Map<String, SortedMap<String, byte[]>> bombs = new LinkedHashMap<>();
    bombs.put("ten thousand calls deep", chain("m"));
    bombs.put("ten thousand calls deep, each with a name to refuse", chain("m-"));
    bombs.put("throws where a handler is", throwsBesideHandlers());
    bombs.put("handlers by unused classes", handlers());
    return bombs;
  }

  /// A chain of calls that an entry point starts, as long as the caps allow.
  private static SortedMap<String, byte[]> chain(String prefix) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    for (int c = 0; c < CLASSES; c++) {
      String name = name(c);
      ClassWriter writer = classOf(name);
      if (c == 0) {
        MethodVisitor poll =
            writer.visitMethod(
                Opcodes.ACC_PUBLIC, "checkRxRing", "(Ldev/npa/plugin/PluginState;II)I", null, null);
        poll.visitCode();
        poll.visitMethodInsn(Opcodes.INVOKESTATIC, name, prefix + 0, VOID, false);
        poll.visitInsn(Opcodes.ICONST_0);
        end(poll, Opcodes.IRETURN);
      }
      for (int m = 0; m < METHODS; m++) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, prefix + m, VOID, null, null);
        code.visitCode();
        boolean last = m == METHODS - 1;
        if (!last || c < CLASSES - 1) {
          String owner = last ? name(c + 1) : name;
          String callee = prefix + (last ? 0 : m + 1);
          code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, callee, VOID, false);
        }
        end(code, Opcodes.RETURN);
      }
      classes.put(name, writer.toByteArray());
    }
    return classes;
  }

  private static SortedMap<String, byte[]> throwsBesideHandlers() {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    for (int c = 0; c < CLASSES; c++) {
      ClassWriter writer = classOf(name(c));
      MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m", VOID, null, null);
      code.visitCode();
      Label start = new Label();
      Label end = new Label();
      code.visitTryCatchBlock(start, end, end, null);
      code.visitLabel(start);
      code.visitInsn(Opcodes.NOP);
      for (int i = 0; i < 1_950; i++) {
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
      }
      code.visitLabel(end);
      end(code, Opcodes.ATHROW);
      classes.put(name(c), writer.toByteArray());
    }
    return classes;
  }

  /// Every class is foreign, no instruction names it, and every handler catches another.
  private static SortedMap<String, byte[]> handlers() {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    for (int c = 0; c < 2; c++) {
      ClassWriter writer = classOf(name(c));
      for (int m = 0; m < 100; m++) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m" + m, VOID, null, null);
        code.visitCode();
        Label start = new Label();
        Label end = new Label();
        for (int i = 0; i < METHODS; i++) {
          code.visitTryCatchBlock(start, end, end, "x" + (m * 7 + i) % 600);
        }
        code.visitLabel(start);
        code.visitInsn(Opcodes.RETURN);
        code.visitLabel(end);
        end(code, Opcodes.ATHROW);
      }
      for (int i = 0; i < 1_000; i++) {
        writer.newClass("y" + i);
      }
      classes.put(name(c), writer.toByteArray());
    }
    return classes;
  }

  private static String name(int number) {
    return number == 0 ? PluginSource.ENTRY : "acme/C" + number;
  }

  private static ClassWriter classOf(String name) {
    ClassWriter writer = new ClassWriter(0);
    int flags = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    writer.visit(Opcodes.V25, flags, name, null, "java/lang/Object", null);
    return writer;
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(2, 4);
    code.visitEnd();
  }
}
