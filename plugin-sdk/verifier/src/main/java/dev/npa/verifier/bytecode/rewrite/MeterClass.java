// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.Meter;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Writes the class described by [Meter]. It is the same for every plugin but for its name.
final class MeterClass {
  private static final int ACCESS = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
  private static final int ARRAY_HEADER_BYTES = 16;
  private static final String HEAP_FIELD = "heap";

  private final String name;
  private final ClassWriter writer = new ClosedWorldWriter();

  private MeterClass(String name) {
    this.name = name;
  }

  static byte[] bytes(String name) {
    return new MeterClass(name).write();
  }

  private byte[] write() {
    int flags = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    writer.visit(Opcodes.V25, flags, name, null, AllowList.OBJECT, null);
    writer.visitField(ACCESS, Meter.FUEL_FIELD, "I", null, Meter.FUEL);
    writer.visitField(Opcodes.ACC_STATIC, HEAP_FIELD, "I", null, Meter.HEAP_BYTES);
    array();
    object();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /// `if (length > MAX || length < 0) fail; charge(length * elementBytes + 16); return length`.
  private void array() {
    MethodVisitor code =
        writer.visitMethod(ACCESS, Meter.ARRAY_METHOD, Meter.ARRAY_DESCRIPTOR, null, null);
    Label fail = new Label();
    code.visitCode();
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitLdcInsn(Meter.ARRAY_ELEMENTS);
    code.visitJumpInsn(Opcodes.IF_ICMPGT, fail);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFLT, fail);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitVarInsn(Opcodes.ILOAD, 1);
    code.visitInsn(Opcodes.IMUL);
    code.visitIntInsn(Opcodes.BIPUSH, ARRAY_HEADER_BYTES);
    code.visitInsn(Opcodes.IADD);
    code.visitVarInsn(Opcodes.ISTORE, 1);
    charge(code, 1, fail);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.IRETURN);
    fail(code, fail);
  }

  private void object() {
    MethodVisitor code =
        writer.visitMethod(ACCESS, Meter.OBJECT_METHOD, Meter.OBJECT_DESCRIPTOR, null, null);
    Label fail = new Label();
    code.visitCode();
    charge(code, 0, fail);
    code.visitInsn(Opcodes.RETURN);
    fail(code, fail);
  }

  /// `if (heap - bytes < 0) fail; heap -= bytes`.
  private void charge(MethodVisitor code, int bytesSlot, Label fail) {
    code.visitFieldInsn(Opcodes.GETSTATIC, name, HEAP_FIELD, "I");
    code.visitVarInsn(Opcodes.ILOAD, bytesSlot);
    code.visitInsn(Opcodes.ISUB);
    code.visitVarInsn(Opcodes.ISTORE, bytesSlot);
    code.visitVarInsn(Opcodes.ILOAD, bytesSlot);
    code.visitJumpInsn(Opcodes.IFLT, fail);
    code.visitVarInsn(Opcodes.ILOAD, bytesSlot);
    code.visitFieldInsn(Opcodes.PUTSTATIC, name, HEAP_FIELD, "I");
  }

  private static void fail(MethodVisitor code, Label fail) {
    code.visitLabel(fail);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Meter.EXHAUSTED,
        Meter.EXHAUSTED_METHOD,
        Meter.EXHAUSTED_DESCRIPTOR,
        false);
    code.visitInsn(Opcodes.ATHROW);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
