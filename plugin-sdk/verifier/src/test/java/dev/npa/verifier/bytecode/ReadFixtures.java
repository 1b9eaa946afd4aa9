// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LdcInsnNode;

/// Class files that cannot be read, or that should not be.
final class ReadFixtures {
  private static final int MAJOR = 7;
  private static final int MINOR = 5;

  private ReadFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B001_UNREADABLE_CLASS,
            "C-03 C-04",
            "a truncated class",
            ENTRY,
            () -> Edit.bytes(b -> Arrays.copyOf(b, b.length - 1)),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B001_UNREADABLE_CLASS,
            "C-05",
            "bytes after the class",
            ENTRY,
            () -> Edit.bytes(b -> Arrays.copyOf(b, b.length + 1)),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B002_TOO_LARGE,
            "C-09 C-10",
            "a method that HotSpot would not compile",
            ENTRY,
            () -> plugin().poll("queue += maxPkts * 3;".repeat(700)).compile(),
            () -> plugin().poll("queue += maxPkts * 3;".repeat(300)).compile()),
        Fixture.of(
            RuleId.B002_TOO_LARGE,
            "C-09 T-20",
            "a thousand classes",
            "classes",
            ReadFixtures::thousandClasses,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B003_CLASS_VERSION,
            "C-01 C-14",
            "a version with subroutines",
            ENTRY,
            () -> Edit.bytes(b -> with(b, MAJOR, 49)),
            () -> Edit.bytes(b -> with(b, MAJOR, 61))),
        Fixture.of(
            RuleId.B003_CLASS_VERSION,
            "C-02",
            "a version not yet known",
            ENTRY,
            () -> Edit.bytes(b -> with(b, MAJOR, 70)),
            () -> Edit.bytes(b -> with(b, MAJOR, 69))),
        Fixture.of(
            RuleId.B003_CLASS_VERSION,
            "C-01",
            "preview features",
            ENTRY,
            () -> Edit.bytes(b -> with(with(b, MINOR, 0xFF), MINOR - 1, 0xFF)),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B005_DUPLICATE_ATTRIBUTE,
            "C-05",
            "two SourceFile attributes",
            ENTRY,
            () -> Edit.bytes(ReadFixtures::repeatLastAttribute),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B006_CONSTANT_KIND,
            "R-05 R-06",
            "a lambda",
            ENTRY,
            () ->
                plugin()
                    .header("public final class P implements NpaPlugin")
                    .poll("Runnable r = () -> {}; r.run();")
                    .compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B006_CONSTANT_KIND,
            "R-04",
            "a dynamic constant that calls exit",
            ENTRY,
            ReadFixtures::dynamicConstant,
            () -> Edit.poll(Edit.returnZeroAfter())),
        Fixture.of(
            RuleId.B006_CONSTANT_KIND,
            "R-03",
            "a method type",
            ENTRY,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new LdcInsnNode(Type.getMethodType("()V")), Edit.insn(Opcodes.POP))),
            () -> Edit.poll(Edit.returnZeroAfter())));
  }

  private static SortedMap<String, byte[]> dynamicConstant() {
    Handle invoke =
        new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/ConstantBootstraps",
            "invoke",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                + "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
            false);
    Handle exit = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/System", "exit", "(I)V", false);
    return Edit.poll(
        Edit.returnZeroAfter(
            new LdcInsnNode(new ConstantDynamic("x", "Ljava/lang/Object;", invoke, exit, 1)),
            Edit.insn(Opcodes.POP)));
  }

  private static SortedMap<String, byte[]> thousandClasses() {
    SortedMap<String, byte[]> classes = new TreeMap<>(plugin().compile());
    for (int i = 0; i < 1000; i++) {
      ClassWriter writer = new ClassWriter(0);
      int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
      writer.visit(Opcodes.V25, flags, "acme/C" + i, null, "java/lang/Object", null);
      classes.put("acme/C" + i, writer.toByteArray());
    }
    return classes;
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /// The class's own attributes come last: one of 8 bytes, SourceFile, is written once more.
  private static byte[] repeatLastAttribute(byte[] bytes) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 8);
    System.arraycopy(bytes, bytes.length - 8, longer, bytes.length, 8);
    longer[bytes.length - 9]++;
    return longer;
  }
}
