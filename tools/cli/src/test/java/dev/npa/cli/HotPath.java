// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The verifier's data-path rules, asked of the project's own hot code: everything that a burst's
/// entry points reach among given classes. In place of the rules' ids stands what they say.
///
/// The verifier itself cannot read these classes: they have cold methods, with lambdas and string
/// concatenation, beside the hot ones. And one thing is allowed here that a plugin may not do: to
/// throw where a caller broke a contract. What such a throw needs is not looked at: the
/// instructions that run straight, without a branch or a label, into it.
final class HotPath {
  /// Calls outside the given classes that a hot method may make: constant cost, no allocation.
  private static final Set<String> CONSTANT_COST =
      Set.of(
          "java/lang/Math",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Short",
          "java/lang/System.arraycopy",
          "java/lang/System.nanoTime",
          "java/lang/Enum.ordinal",
          "java/lang/foreign/MemorySegment.get",
          "java/lang/foreign/MemorySegment.set",
          "java/lang/foreign/MemorySegment.copy",
          "java/lang/foreign/MemorySegment.byteSize",
          "java/lang/invoke/VarHandle",
          "java/lang/foreign/ValueLayout$OfInt.byteSize",
          "java/util/Arrays.binarySearch",
          "java/util/Optional.get",
          "java/util/Optional.isEmpty",
          "java/util/Optional.isPresent",
          "dev/npa/plugin");

  private final Map<String, ClassModel> classes = new HashMap<>();
  private final Set<String> reached = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<String> mayCatch;
  private final Set<String> boundary;

  /// @param mayCatch methods, `class.method`, at which the faults of plugins stop
  /// @param boundary methods at which looking stops: they are not per frame, or not ours
  HotPath(Iterable<byte[]> classFiles, Set<String> mayCatch, Set<String> boundary) {
    this.mayCatch = mayCatch;
    this.boundary = boundary;
    for (byte[] bytes : classFiles) {
      ClassModel model = ClassFile.of().parse(bytes);
      classes.put(model.thisClass().asInternalName(), model);
    }
  }

  /// Looks at all that the methods `class.method` reach.
  void follow(String... entries) {
    Deque<String> work = new ArrayDeque<>();
    for (String entry : entries) {
      int dot = entry.lastIndexOf('.');
      List<String> named =
          methods(entry.substring(0, dot)).stream()
              .map(HotPath::key)
              .filter(key -> key.startsWith(entry + "("))
              .toList();
      if (named.isEmpty()) {
        throw new IllegalArgumentException("no method " + entry);
      }
      work.addAll(named);
    }
    while (!work.isEmpty()) {
      String key = work.remove();
      if (reached.add(key)) {
        find(key).ifPresent(method -> work.addAll(look(method)));
      }
    }
  }

  Set<String> reached() {
    return reached;
  }

  List<String> faults() {
    return faults;
  }

  private List<MethodModel> methods(String owner) {
    return classes.containsKey(owner) ? classes.get(owner).methods() : List.of();
  }

  private Optional<MethodModel> find(String key) {
    String owner = key.substring(0, key.substring(0, key.indexOf('(')).lastIndexOf('.'));
    return methods(owner).stream().filter(method -> key(method).equals(key)).findFirst();
  }

  private static String key(MethodModel method) {
    return method.parent().orElseThrow().thisClass().asInternalName()
        + "."
        + method.methodName().stringValue()
        + method.methodType().stringValue();
  }

  private List<String> look(MethodModel method) {
    if (method.flags().has(AccessFlag.SYNCHRONIZED) || method.flags().has(AccessFlag.NATIVE)) {
      fault(method, "is synchronized or native");
    }
    List<String> callees = new ArrayList<>();
    if (method.code().isEmpty()) {
      return callees;
    }
    CodeModel code = method.code().get();
    List<CodeElement> elements = code.elementList();
    for (int i = 0; i < elements.size(); i++) {
      boolean cold = leadsToThrow(elements, i);
      switch (elements.get(i)) {
        case MonitorInstruction _ -> fault(method, "locks");
        case ExceptionCatch _ when !mayCatch.contains(name(method)) -> fault(method, "catches");
        case InvokeDynamicInstruction _ when !cold -> fault(method, "links at run time");
        case InvokeInstruction call when !cold -> call(method, call, callees);
        case Instruction insn when allocates(insn.opcode()) && !cold -> fault(method, "allocates");
        default -> {
          // Nothing that a data path may not do.
        }
      }
    }
    return callees;
  }

  private void call(MethodModel method, InvokeInstruction call, List<String> callees) {
    String owner = call.owner().asInternalName();
    String callee = owner + "." + call.name().stringValue();
    if (boundary.contains(callee)) {
      return;
    }
    if (classes.containsKey(owner)) {
      callees.add(callee + call.type().stringValue());
    } else if (callee.endsWith(".valueOf") || !isConstantCost(owner, callee)) {
      fault(method, "calls " + callee);
    }
  }

  private static boolean isConstantCost(String owner, String callee) {
    return CONSTANT_COST.contains(owner)
        || CONSTANT_COST.contains(callee)
        || CONSTANT_COST.contains(owner.substring(0, Math.max(0, owner.lastIndexOf('/'))));
  }

  private static boolean allocates(Opcode opcode) {
    return opcode == Opcode.NEW
        || opcode == Opcode.NEWARRAY
        || opcode == Opcode.ANEWARRAY
        || opcode == Opcode.MULTIANEWARRAY;
  }

  /// Whether the instructions from here run straight into a throw.
  private static boolean leadsToThrow(List<CodeElement> elements, int from) {
    for (int i = from; i < elements.size(); i++) {
      switch (elements.get(i)) {
        case ThrowInstruction _ -> {
          return true;
        }
        case Instruction insn when ends(insn.opcode()) -> {
          return false;
        }
        default -> {
          // Goes on.
        }
      }
    }
    return false;
  }

  private static boolean ends(Opcode opcode) {
    return switch (opcode.kind()) {
      case BRANCH, RETURN, TABLE_SWITCH, LOOKUP_SWITCH -> true;
      default -> false;
    };
  }

  private void fault(MethodModel method, String what) {
    faults.add(name(method) + " " + what);
  }

  private static String name(MethodModel method) {
    String key = key(method);
    return key.substring(0, key.indexOf('('));
  }
}
