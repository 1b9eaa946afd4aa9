// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;

/// A class as `java.lang.classfile` read it, in lines of text that [AsmForm] must produce as well.
final class JdkForm {
  private static final int ILOAD_0 = 26;
  private static final int ISTORE_0 = 59;
  private static final int GOTO_W = 200;

  private final ClassModel model;
  private final List<String> lines = new ArrayList<>();

  private JdkForm(ClassModel model) {
    this.model = model;
  }

  static List<String> of(ClassModel model) {
    return new JdkForm(model).render();
  }

  private List<String> render() {
    int version = model.minorVersion() << 16 | model.majorVersion();
    int flags = model.flags().flagsMask();
    String name = model.thisClass().asInternalName();
    lines.add("class " + name + " flags " + flags + " version " + version);
    lines.add("super " + model.superclass().map(ClassEntry::asInternalName).orElse("null"));
    model.interfaces().forEach(i -> lines.add("implements " + i.asInternalName()));
    lines.add(
        "source "
            + model
                .findAttribute(Attributes.sourceFile())
                .map(a -> a.sourceFile().stringValue())
                .orElse("null"));
    lines.add(
        "nest "
            + model
                .findAttribute(Attributes.nestHost())
                .map(a -> a.nestHost().asInternalName())
                .orElse("null"));
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(
            a -> a.nestMembers().forEach(m -> lines.add("nest member " + m.asInternalName())));
    model.fields().forEach(this::field);
    model.methods().forEach(this::method);
    return lines;
  }

  private void field(FieldModel field) {
    String value =
        field
            .findAttribute(Attributes.constantValue())
            .map(a -> Operands.constant(a.constant().constantValue()))
            .orElse("none");
    String name = field.fieldName().stringValue() + " " + field.fieldType().stringValue();
    lines.add("field " + name + " flags " + field.flags().flagsMask() + " " + value);
  }

  private void method(MethodModel method) {
    String name = method.methodName().stringValue() + " " + method.methodType().stringValue();
    lines.add("method " + name + " flags " + method.flags().flagsMask());
    method
        .findAttribute(Attributes.code())
        .ifPresent(
            code -> {
              lines.add("stack " + code.maxStack() + " locals " + code.maxLocals());
              body(code);
            });
  }

  private void body(CodeAttribute code) {
    List<Instruction> instructions = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    Targets targets = new Targets(code, new HashMap<>());
    int offset = 0;
    for (CodeElement element : code) {
      switch (element) {
        case Instruction instruction -> {
          targets.indexes().put(offset, instructions.size());
          instructions.add(instruction);
          offset += instruction.sizeInBytes();
        }
        case LineNumber number ->
            numbers.add("line " + number.line() + " from " + instructions.size());
        default -> {
          // Labels and handlers are read from the attribute.
        }
      }
    }
    targets.indexes().put(offset, instructions.size());
    code.exceptionHandlers().forEach(handler -> lines.add(handler(handler, targets)));
    for (Instruction instruction : instructions) {
      lines.add(plainOpcode(instruction) + " " + operands(instruction, targets));
    }
    lines.addAll(numbers);
  }

  private static String handler(ExceptionCatch handler, Targets targets) {
    return "handler "
        + targets.of(handler.tryStart())
        + " "
        + targets.of(handler.tryEnd())
        + " "
        + targets.of(handler.handler())
        + " "
        + handler.catchType().map(ClassEntry::asInternalName).orElse("null");
  }

  /// From labels to instruction indexes. The JDK finds labels by the stack map, which is stripped,
  /// so they are looked up by byte offset.
  private record Targets(CodeAttribute code, Map<Integer, Integer> indexes) {
    int of(Label label) {
      return indexes.get(code.labelToBci(label));
    }
  }

  private static String operands(Instruction instruction, Targets targets) {
    return switch (instruction) {
      case LoadInstruction i -> Integer.toString(i.slot());
      case StoreInstruction i -> Integer.toString(i.slot());
      case DiscontinuedInstruction.RetInstruction i -> Integer.toString(i.slot());
      case DiscontinuedInstruction.JsrInstruction i -> Integer.toString(targets.of(i.target()));
      case IncrementInstruction i -> i.slot() + " " + i.constant();
      case FieldInstruction i ->
          i.owner().asInternalName() + "." + i.name().stringValue() + " " + i.type().stringValue();
      case InvokeInstruction i ->
          i.owner().asInternalName()
              + "."
              + i.name().stringValue()
              + " "
              + i.type().stringValue()
              + (i.isInterface() ? " itf" : "");
      case ConstantInstruction.LoadConstantInstruction i -> constant(i.constantEntry());
      case ConstantInstruction.ArgumentConstantInstruction i -> i.constantValue().toString();
      case NewObjectInstruction i -> i.className().asInternalName();
      case NewReferenceArrayInstruction i -> i.componentType().asInternalName();
      case NewPrimitiveArrayInstruction i -> Integer.toString(i.typeKind().newarrayCode());
      case NewMultiArrayInstruction i -> i.arrayType().asInternalName() + " " + i.dimensions();
      case TypeCheckInstruction i -> i.type().asInternalName();
      case BranchInstruction i -> Integer.toString(targets.of(i.target()));
      case TableSwitchInstruction i -> cases(i, targets);
      case LookupSwitchInstruction i ->
          targets.of(i.defaultTarget()) + " " + cases(i.cases(), targets);
      default -> "";
    };
  }

  private static String constant(LoadableConstantEntry entry) {
    return entry instanceof ClassEntry type
        ? "Class " + type.asInternalName()
        : Operands.constant(entry.constantValue());
  }

  /// The JDK leaves out cases that go to the default target; ASM lists them.
  private static String cases(TableSwitchInstruction table, Targets targets) {
    Map<Integer, Label> byValue = new HashMap<>();
    table.cases().forEach(c -> byValue.put(c.caseValue(), c.target()));
    List<String> cases =
        IntStream.rangeClosed(table.lowValue(), table.highValue())
            .mapToObj(v -> v + ":" + targets.of(byValue.getOrDefault(v, table.defaultTarget())))
            .toList();
    return targets.of(table.defaultTarget()) + " " + cases;
  }

  private static List<String> cases(List<SwitchCase> cases, Targets targets) {
    return cases.stream().map(c -> c.caseValue() + ":" + targets.of(c.target())).toList();
  }

  /// The opcode without its short, wide and `_w` forms, as ASM's tree names it.
  private static int plainOpcode(Instruction instruction) {
    int opcode = instruction.opcode().bytecode() & 0xFF;
    return switch (instruction) {
      case LoadInstruction i when opcode > Opcodes.ALOAD -> Opcodes.ILOAD + (opcode - ILOAD_0) / 4;
      case StoreInstruction i when opcode > Opcodes.ASTORE ->
          Opcodes.ISTORE + (opcode - ISTORE_0) / 4;
      case ConstantInstruction.LoadConstantInstruction i -> Opcodes.LDC;
      case BranchInstruction i when opcode == GOTO_W -> Opcodes.GOTO;
      case DiscontinuedInstruction.JsrInstruction i -> Opcodes.JSR;
      default -> opcode;
    };
  }
}
