// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.cli.HotSlice.Target;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a slice needs to look like a plugin: a class with an entry point, methods that do nothing.
///
/// @param entries what the entry point calls
record MadeUp(List<Target> entries, Predicate<Target> isStatic) {
  private static final ClassDesc HOT = ClassDesc.ofInternalName(HotSlice.ENTRY);
  private static final MethodTypeDesc ENTRY_POINT =
      MethodTypeDesc.ofDescriptor("(Ldev/npa/plugin/PluginState;II)I");
  private static final int PLAIN = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;

  static byte[] write(String name, Consumer<ClassBuilder> content) {
    return ClassFile.of(
            ClassFile.StackMapsOption.DROP_STACK_MAPS,
            ClassFile.DeadCodeOption.KEEP_DEAD_CODE,
            ClassFile.DebugElementsOption.DROP_DEBUG,
            ClassFile.LineNumbersOption.PASS_LINE_NUMBERS)
        .build(
            ClassDesc.ofInternalName(name),
            builder -> {
              builder.withFlags(PLAIN | ClassFile.ACC_SUPER);
              content.accept(builder);
            });
  }

  static void stub(ClassBuilder builder, Target target, boolean forClass) {
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.descriptor());
    builder.withMethodBody(
        target.name(),
        type,
        ClassFile.ACC_PUBLIC | (forClass ? ClassFile.ACC_STATIC : 0),
        code -> returnNothing(code, type));
  }

  private static void returnNothing(CodeBuilder code, MethodTypeDesc type) {
    TypeKind kind = TypeKind.from(type.returnType());
    switch (kind) {
      case VOID -> {}
      case LONG -> code.lconst_0();
      case DOUBLE -> code.dconst_0();
      case FLOAT -> code.fconst_0();
      case REFERENCE -> code.aconst_null();
      case BOOLEAN, BYTE, CHAR, INT, SHORT -> code.iconst_0();
    }
    code.return_(kind);
  }

  /// Arguments come from fields, of which the verifier assumes nothing.
  void entryClass(ClassBuilder builder) {
    Set<ClassDesc> types = new LinkedHashSet<>();
    entries.forEach(entry -> types.addAll(operands(entry)));
    types.forEach(type -> builder.withField(field(type), type, ClassFile.ACC_PRIVATE));
    builder.withMethodBody(
        "checkRxRing", ENTRY_POINT, ClassFile.ACC_PUBLIC, code -> callEntries(code));
  }

  private void callEntries(CodeBuilder code) {
    for (Target entry : entries) {
      operands(entry).forEach(type -> code.aload(0).getfield(HOT, field(type), type));
      ClassDesc owner = ClassDesc.ofInternalName(entry.owner());
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(entry.descriptor());
      if (isStatic.test(entry)) {
        code.invokestatic(owner, entry.name(), type);
      } else {
        code.invokevirtual(owner, entry.name(), type);
      }
      switch (TypeKind.from(type.returnType()).slotSize()) {
        case 1 -> code.pop();
        case 2 -> code.pop2();
        default -> {}
      }
    }
    code.iconst_0().ireturn();
  }

  private List<ClassDesc> operands(Target entry) {
    List<ClassDesc> operands = new ArrayList<>();
    if (!isStatic.test(entry)) {
      operands.add(ClassDesc.ofInternalName(entry.owner()));
    }
    operands.addAll(MethodTypeDesc.ofDescriptor(entry.descriptor()).parameterList());
    return operands;
  }

  private static String field(ClassDesc type) {
    return "f" + type.descriptorString().replaceAll("[^A-Za-z0-9]", "_");
  }
}
