// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.cli.HotSlice.Target;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The code of one hot method without what runs straight into a `throw`, and with calls of listed
/// platform members made calls of a class that stands for the platform.
final class HotCode {
  /// Has a static method for each listed member of the platform that is used.
  static final String PLATFORM = "hot/Platform";

  private static final ClassDesc STAND_IN = ClassDesc.ofInternalName(PLATFORM);

  private final List<CodeElement> elements;
  private final UnaryOperator<Target> declared;
  private final Set<String> platform;
  private final List<Boolean> cold = new ArrayList<>();

  /// @param declared gives the method that a call resolves to
  HotCode(CodeModel code, UnaryOperator<Target> declared, Set<String> platform) {
    this.elements = code.elementList();
    this.declared = declared;
    this.platform = platform;
    boolean leads = false;
    for (CodeElement element : elements.reversed()) {
      if (element instanceof ThrowInstruction) {
        leads = true;
      } else if (element instanceof Instruction insn && ends(insn.opcode())) {
        leads = false;
      }
      cold.addFirst(leads);
    }
  }

  private static boolean ends(Opcode opcode) {
    return switch (opcode.kind()) {
      case BRANCH, RETURN, TABLE_SWITCH, LOOKUP_SWITCH -> true;
      default -> false;
    };
  }

  /// Own methods that hot instructions call.
  List<Target> callees() {
    List<Target> callees = new ArrayList<>();
    for (Target target : calls()) {
      if (!isPlatform(target) && target.owner().startsWith("dev/npa/")) {
        callees.add(target);
      }
    }
    return callees;
  }

  private List<Target> calls() {
    List<Target> calls = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (!cold.get(i) && elements.get(i) instanceof InvokeInstruction call) {
        calls.add(resolved(call));
      }
    }
    return calls;
  }

  List<String> fieldOwners() {
    List<String> owners = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (!cold.get(i) && elements.get(i) instanceof FieldInstruction field) {
        owners.add(field.owner().asInternalName());
      }
    }
    return owners;
  }

  /// Listed platform members that hot instructions use, `owner.name`.
  List<String> platformMembers() {
    List<String> members = new ArrayList<>();
    forPlatform(call -> members.add(resolved(call).dotted()), field -> members.add(dotted(field)));
    return members;
  }

  /// The methods that stand for them.
  List<Target> platformStubs() {
    List<Target> stubs = new ArrayList<>();
    forPlatform(call -> stubs.add(stub(call)), field -> stubs.add(stub(field)));
    return stubs;
  }

  private void forPlatform(Consumer<InvokeInstruction> calls, Consumer<FieldInstruction> fields) {
    for (int i = 0; i < elements.size(); i++) {
      if (cold.get(i)) {
        continue;
      }
      switch (elements.get(i)) {
        case InvokeInstruction call when isPlatform(resolved(call)) -> calls.accept(call);
        case FieldInstruction field when isPlatform(field) -> fields.accept(field);
        default -> {
          // No member of the platform.
        }
      }
    }
  }

  /// @param mayCatch whether to leave out which handlers there are
  void write(CodeBuilder out, boolean mayCatch) {
    boolean thrown = false;
    for (int i = 0; i < elements.size(); i++) {
      CodeElement element = elements.get(i);
      if (mayCatch && element instanceof ExceptionCatch) {
        continue;
      }
      if (cold.get(i) && element instanceof Instruction) {
        if (!thrown) {
          out.aconst_null().athrow();
        }
        thrown = true;
      } else {
        thrown &= !(element instanceof LabelTarget || element instanceof Instruction);
        writeHot(out, element);
      }
    }
  }

  private void writeHot(CodeBuilder out, CodeElement element) {
    switch (element) {
      case InvokeInstruction call when isPlatform(resolved(call)) -> callStub(out, stub(call));
      case InvokeInstruction call -> {
        Target target = resolved(call);
        MethodTypeDesc type = call.typeSymbol();
        ClassDesc owner = ClassDesc.ofInternalName(target.owner());
        switch (call.opcode()) {
          case INVOKESTATIC -> out.invokestatic(owner, target.name(), type);
          case INVOKESPECIAL -> out.invokespecial(owner, target.name(), type);
          default -> out.invokevirtual(owner, target.name(), type);
        }
      }
      case FieldInstruction field when isPlatform(field) -> callStub(out, stub(field));
      default -> out.with(element);
    }
  }

  private static void callStub(CodeBuilder out, Target stub) {
    out.invokestatic(STAND_IN, stub.name(), MethodTypeDesc.ofDescriptor(stub.descriptor()));
  }

  private Target resolved(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return declared.apply(new Target(owner, call.name().stringValue(), call.type().stringValue()));
  }

  private boolean isPlatform(Target target) {
    return platform.contains(target.dotted());
  }

  private boolean isPlatform(FieldInstruction field) {
    return field.opcode() == Opcode.GETSTATIC && platform.contains(dotted(field));
  }

  private static String dotted(FieldInstruction field) {
    return field.owner().asInternalName() + "." + field.name().stringValue();
  }

  private Target stub(InvokeInstruction call) {
    Target target = resolved(call);
    MethodTypeDesc type = call.typeSymbol();
    MethodTypeDesc whole =
        call.opcode() == Opcode.INVOKESTATIC
            ? type
            : type.insertParameterTypes(0, ClassDesc.ofInternalName(target.owner()));
    return new Target(PLATFORM, name(target.dotted()), whole.descriptorString());
  }

  private static Target stub(FieldInstruction field) {
    return new Target(PLATFORM, name(dotted(field)), "()" + field.type().stringValue());
  }

  private static String name(String dotted) {
    return dotted.replaceAll("[^A-Za-z0-9]", "_");
  }
}
