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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;

/// A class as `java.lang.classfile` read it, in lines that [AsmForm] must produce as well.
final class JdkForm {
  private static final int ILOAD_0 = 26;
  private static final int ISTORE_0 = 59;
  private static final int GOTO_W = 200;

  private final ClassModel model;
  private final List<Line> lines = new ArrayList<>();

  private JdkForm(ClassModel model) {
    this.model = model;
  }

  static List<Line> of(ClassModel model) {
    return new JdkForm(model).render();
  }

  private List<Line> render() {
    int version = model.minorVersion() << 16 | model.majorVersion();
    int flags = model.flags().flagsMask();
    String name = model.thisClass().asInternalName();
    lines.add(Line.of("class", name, "flags", flags, "version", version));
    lines.add(Line.of("super", known(model.superclass().map(ClassEntry::asInternalName))));
    model.interfaces().forEach(i -> lines.add(Line.of("implements", i.asInternalName())));
    lines.add(
        Line.of(
            "source",
            known(
                model
                    .findAttribute(Attributes.sourceFile())
                    .map(a -> a.sourceFile().stringValue()))));
    lines.add(
        Line.of(
            "nest",
            known(
                model
                    .findAttribute(Attributes.nestHost())
                    .map(a -> a.nestHost().asInternalName()))));
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(
            a ->
                a.nestMembers()
                    .forEach(m -> lines.add(Line.of("nest member", m.asInternalName()))));
    model.fields().forEach(this::field);
    model.methods().forEach(this::method);
    return lines;
  }

  private static Object known(Optional<String> name) {
    return name.isPresent() ? name.get() : List.of();
  }

  private void field(FieldModel field) {
    String type = field.fieldType().stringValue();
    int flags = field.flags().flagsMask();
    lines.add(Line.of("field", field.fieldName().stringValue(), type, "flags", flags));
    field
        .findAttribute(Attributes.constantValue())
        .ifPresent(a -> lines.add(Line.constant("constant", a.constant().constantValue())));
  }

  private void method(MethodModel method) {
    String type = method.methodType().stringValue();
    int flags = method.flags().flagsMask();
    lines.add(Line.of("method", method.methodName().stringValue(), type, "flags", flags));
    method
        .findAttribute(Attributes.code())
        .ifPresent(
            code -> {
              lines.add(Line.of("stack", code.maxStack(), "locals", code.maxLocals()));
              body(code);
            });
  }

  private void body(CodeAttribute code) {
    List<Instruction> instructions = new ArrayList<>();
    List<Line> numbers = new ArrayList<>();
    int[] indexes = new int[code.codeLength() + 1];
    Arrays.fill(indexes, Targets.INSIDE);
    int offset = 0;
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        indexes[offset] = instructions.size();
        instructions.add(instruction);
        offset += instruction.sizeInBytes();
      } else if (element instanceof LineNumber number) {
        numbers.add(Line.of("line", number.line(), "from", instructions.size()));
      }
      // Labels and handlers are read from the attribute.
    }
    indexes[offset] = instructions.size();
    Targets targets = new Targets(code, indexes);
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      lines.add(handler(handler, targets));
    }
    for (Instruction instruction : instructions) {
      lines.add(line(instruction, targets));
    }
    lines.addAll(numbers);
  }

  private static Line handler(ExceptionCatch handler, Targets targets) {
    return Line.of(
        "handler",
        targets.of(handler.tryStart()),
        targets.of(handler.tryEnd()),
        targets.of(handler.handler()),
        known(handler.catchType().map(ClassEntry::asInternalName)));
  }

  /// From labels to instruction indexes. The JDK finds labels by the stack map, which is stripped,
  /// so they are looked up by byte offset.
  private record Targets(CodeAttribute code, int[] indexes) {
    /// In place of an index, where no instruction begins.
    static final int INSIDE = -1;

    int of(Label label) {
      int index = indexes[code.labelToBci(label)];
      if (index == INSIDE) {
        throw new IllegalArgumentException("a label inside an instruction");
      }
      return index;
    }
  }

  private static Line line(Instruction instruction, Targets targets) {
    int opcode = instruction.opcode().bytecode() & 0xFF;
    return switch (instruction.opcode().kind()) {
      case LOAD -> {
        int plain = opcode > Opcodes.ALOAD ? Opcodes.ILOAD + (opcode - ILOAD_0) / 4 : opcode;
        yield Line.of(plain, ((LoadInstruction) instruction).slot());
      }
      case STORE -> {
        int plain = opcode > Opcodes.ASTORE ? Opcodes.ISTORE + (opcode - ISTORE_0) / 4 : opcode;
        yield Line.of(plain, ((StoreInstruction) instruction).slot());
      }
      case INCREMENT -> {
        IncrementInstruction i = (IncrementInstruction) instruction;
        yield Line.of(opcode, i.slot(), i.constant());
      }
      case FIELD_ACCESS -> {
        FieldInstruction i = (FieldInstruction) instruction;
        yield Line.of(
            opcode, i.owner().asInternalName(), i.name().stringValue(), i.type().stringValue());
      }
      case INVOKE -> {
        InvokeInstruction i = (InvokeInstruction) instruction;
        yield Line.of(
            opcode,
            i.owner().asInternalName(),
            i.name().stringValue(),
            i.type().stringValue(),
            i.isInterface());
      }
      case CONSTANT -> constant(opcode, instruction);
      case BRANCH -> {
        int plain = opcode == GOTO_W ? Opcodes.GOTO : opcode;
        yield Line.of(plain, targets.of(((BranchInstruction) instruction).target()));
      }
      case OPERATOR, STACK, CONVERT, RETURN, ARRAY_LOAD, ARRAY_STORE, NOP -> Line.of(opcode);
      default -> other(opcode, instruction, targets);
    };
  }

  private static Line constant(int opcode, Instruction instruction) {
    if (instruction instanceof ConstantInstruction.LoadConstantInstruction load) {
      LoadableConstantEntry entry = load.constantEntry();
      return entry instanceof ClassEntry type
          ? Line.of(Opcodes.LDC, "Class", type.asInternalName())
          : Line.constant(Opcodes.LDC, entry.constantValue());
    }
    return instruction instanceof ConstantInstruction.ArgumentConstantInstruction push
        ? Line.of(opcode, push.constantValue())
        : Line.of(opcode);
  }

  private static Line other(int opcode, Instruction instruction, Targets targets) {
    return switch (instruction) {
      case NewObjectInstruction i -> Line.of(opcode, i.className().asInternalName());
      case NewReferenceArrayInstruction i -> Line.of(opcode, i.componentType().asInternalName());
      case NewPrimitiveArrayInstruction i -> Line.of(opcode, i.typeKind().newarrayCode());
      case NewMultiArrayInstruction i ->
          Line.of(opcode, i.arrayType().asInternalName(), i.dimensions());
      case TypeCheckInstruction i -> Line.of(opcode, i.type().asInternalName());
      case TableSwitchInstruction i -> table(opcode, i, targets);
      case LookupSwitchInstruction i -> lookup(opcode, i, targets);
      case DiscontinuedInstruction.RetInstruction i -> Line.of(Opcodes.RET, i.slot());
      case DiscontinuedInstruction.JsrInstruction i -> Line.of(Opcodes.JSR, targets.of(i.target()));
      default -> Line.of(opcode);
    };
  }

  /// The JDK leaves out cases that go to the default target; ASM lists them.
  private static Line table(int opcode, TableSwitchInstruction table, Targets targets) {
    int low = table.lowValue();
    int high = table.highValue();
    int otherwise = targets.of(table.defaultTarget());
    int[] chosen = new int[high - low + 1];
    Arrays.fill(chosen, otherwise);
    for (SwitchCase c : table.cases()) {
      chosen[c.caseValue() - low] = targets.of(c.target());
    }
    return Line.of(opcode, otherwise, low, high, chosen);
  }

  private static Line lookup(int opcode, LookupSwitchInstruction lookup, Targets targets) {
    List<SwitchCase> cases = lookup.cases();
    int[] keys = new int[cases.size()];
    int[] chosen = new int[cases.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = cases.get(i).caseValue();
      chosen[i] = targets.of(cases.get(i).target());
    }
    return Line.of(opcode, targets.of(lookup.defaultTarget()), keys, chosen);
  }
}
