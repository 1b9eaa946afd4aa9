// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Inputs that are made to cost much: full to the caps of what each reader, rule and analysis does
/// worst at. The program asks the gate about each of them and says how long that took; it is run in
/// a JVM with little memory.
final class Bombs {
  private static final int CLASSES = 63;
  private static final int METHOD_BYTES = 3900;

  private Bombs() {}

  public static void main(String[] args) {
    for (String folder : args) {
      answer(Path.of(folder).getFileName().toString(), ClassFiles.read(Path.of(folder)));
    }
    all().forEach(Bombs::answer);
    CallBombs.all().forEach(Bombs::answer);
  }

  private static void answer(String name, SortedMap<String, byte[]> classes) {
    long start = System.nanoTime();
    List<Refusal> refusals = Fixture.judge(classes);
    System.out.printf(
        "answered %s: %d bytes, %d refusals, %d ms%n",
        name,
        classes.values().stream().mapToInt(bytes -> bytes.length).sum(),
        refusals.size(),
        (System.nanoTime() - start) / 1_000_000);
  }

  static Map<String, SortedMap<String, byte[]>> all() {
    Map<String, SortedMap<String, byte[]>> bombs = new LinkedHashMap<>();
    bombs.put("noise", one(random(200_000)));
    bombs.put("noise after a magic number", one(magic(random(200_000))));
    bombs.put("a constant pool of 65534 entries", one(pool(65_534)));
    bombs.put("a constant pool full of classes that name themselves", one(pool(4094)));
    bombs.put("a method of 64 KiB", one(method(65_000, code -> code.visitInsn(Opcodes.NOP))));
    bombs.put("throws", filled(Bombs::throwing));
    bombs.put("jumps to the next instruction", filled(Bombs::jumping));
    bombs.put("jumps back", filled(Bombs::jumpingBack));
    bombs.put("switches", filled(Bombs::switching));
    bombs.put("calls of what is not there", filled(Bombs::calling));
    bombs.put("locks", filled(Bombs::locking));
    return bombs;
  }

  /// The classes of every fixture, refused and accepted, that are judged as input.
  static List<SortedMap<String, byte[]>> fixtures() {
    return RuleFixturesTest.fixtures().stream().flatMap(fixture -> fixture.inputs()).toList();
  }

  private static SortedMap<String, byte[]> one(byte[] bytes) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    classes.put(PluginSource.ENTRY, bytes);
    return classes;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] magic(byte[] bytes) {
    byte[] start = {
      (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 69, 0x0F, (byte) 0xFF
    };
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  /// Class constants that all name the one text of 4096 letters.
  private static byte[] pool(int entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0xCAFEBABE);
      out.writeInt(69);
      out.writeShort(entries + 1);
      out.writeByte(1);
      out.writeUTF("x".repeat(4096));
      for (int i = 1; i < entries; i++) {
        out.writeByte(7);
        out.writeShort(1);
      }
      out.writeShort(0x31);
      out.writeShort(2);
      out.writeShort(3);
      out.write(new byte[8]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// As many classes as the caps let pass, each with a method as long as it may be, together as
  /// much code as a plugin may have.
  private static SortedMap<String, byte[]> filled(Consumer<MethodVisitor> unit) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    for (int i = 0; i < CLASSES; i++) {
      classes.put("acme/C" + i, classOf("acme/C" + i, METHOD_BYTES, unit));
    }
    return classes;
  }

  private static byte[] method(int bytes, Consumer<MethodVisitor> unit) {
    return classOf(PluginSource.ENTRY, bytes, unit);
  }

  private static byte[] classOf(String name, int bytes, Consumer<MethodVisitor> unit) {
    ClassWriter writer = new ClassWriter(0);
    int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    writer.visit(Opcodes.V25, flags, name, null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m", "(II)V", null, null);
    code.visitCode();
    Counter counter = new Counter(code);
    while (counter.bytes < bytes) {
      unit.accept(counter);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(8, 8);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /// Counts the bytes of code that go through it, from above.
  private static final class Counter extends MethodVisitor {
    int bytes;

    Counter(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      bytes++;
      super.visitInsn(opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
      bytes += 2;
      super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      bytes += 3;
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean itf) {
      bytes += 3;
      super.visitMethodInsn(opcode, owner, name, type, itf);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
      bytes += 16 + 4 * labels.length;
      super.visitTableSwitchInsn(min, max, dflt, labels);
    }
  }

  private static void throwing(MethodVisitor code) {
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ATHROW);
  }

  private static void jumping(MethodVisitor code) {
    Label next = new Label();
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFEQ, next);
    code.visitLabel(next);
  }

  private static void jumpingBack(MethodVisitor code) {
    Label here = new Label();
    code.visitLabel(here);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFEQ, here);
  }

  private static void switching(MethodVisitor code) {
    Label next = new Label();
    Label[] labels = new Label[256];
    Arrays.fill(labels, next);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitTableSwitchInsn(0, labels.length - 1, next, labels);
    code.visitLabel(next);
  }

  private static void calling(MethodVisitor code) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Runtime", "getRuntime", "()V", false);
  }

  private static void locking(MethodVisitor code) {
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.MONITORENTER);
  }
}
