// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.value.State;
import dev.npa.verifier.bytecode.value.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// Adds to refusals what the gate knew just before the refused instruction.
final class KnownStates {
  private final PluginFlow flow;
  private final Map<Location, PluginMethod> methods = new HashMap<>();

  private KnownStates(PluginFlow flow) {
    this.flow = flow;
    flow.plugin().methods().forEach(method -> methods.putIfAbsent(method.here(), method));
  }

  /// The same refusals; where an analysis gives up on code that is refused anyway, without states.
  static List<Refusal> add(List<Refusal> refusals, Subject subject) {
    if (refusals.stream().noneMatch(r -> r.location() instanceof Location.Instruction)) {
      return refusals;
    }
    try {
      KnownStates known = new KnownStates(subject.flowToExplain());
      return refusals.stream().map(known::add).toList();
    } catch (RuntimeException notAnalysed) {
      return refusals;
    }
  }

  private Refusal add(Refusal refusal) {
    return refusal.location() instanceof Location.Instruction at
        ? before(at)
            .map(state -> lines(methods.get(at.method()), at.index(), state))
            .map(lines -> refusal.with(refusal.evidence().knowing(lines)))
            .orElse(refusal)
        : refusal;
  }

  /// What is known of what the instruction works on: one line for each operand of which more is
  /// known than its type, the top of the stack last. The rest of the state did not matter.
  private static List<String> lines(PluginMethod method, int index, State state) {
    Wording wording = new Wording(state, !method.isStatic());
    int count = Math.min(state.depth(), operands(method.code().get(index)));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = wording.of(state.top(count - 1 - i));
      if (!ANYTHING.contains(value)) {
        lines.add((count == 1 ? "operand: " : "operand " + (i + 1) + ": ") + value);
      }
    }
    return lines;
  }

  private static final Set<String> ANYTHING =
      Set.of("int", "long", "other", "reference, may be null", "reference, not null");

  /// How many values an instruction takes from the stack, of those that rules refuse for what they
  /// do (JVMS 6.5).
  private static int operands(AbstractInsnNode insn) {
    return switch (insn) {
      case MethodInsnNode call ->
          Type.getArgumentCount(call.desc) + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
      case MultiANewArrayInsnNode array -> array.dims;
      case FieldInsnNode field ->
          switch (field.getOpcode()) {
            case Opcodes.PUTFIELD -> 2;
            case Opcodes.GETSTATIC -> 0;
            default -> 1;
          };
      case TypeInsnNode type -> type.getOpcode() == Opcodes.NEW ? 0 : 1;
      case IntInsnNode array -> array.getOpcode() == Opcodes.NEWARRAY ? 1 : 0;
      default -> 0;
    };
  }

  private Optional<State> before(Location.Instruction at) {
    return Optional.ofNullable(methods.get(at.method()))
        .filter(method -> at.index() < method.code().size())
        .flatMap(method -> flow.values().of(method).before(at.index()));
  }
}
