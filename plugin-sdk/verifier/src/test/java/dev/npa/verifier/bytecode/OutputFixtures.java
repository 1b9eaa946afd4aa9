// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.ParserComparison;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/// What the gate itself could do wrong: rewritten classes, edited, and readings that differ. No
/// vendor's class gets there, so these are judged by the rules about the output alone.
final class OutputFixtures {
  private static final String LOOP = "while (queue > 0) { queue += work(maxPkts); }";
  private static final String POLL = "acme/P.checkRxRing";

  private OutputFixtures() {}

  static List<Fixture> all() {
    return List.of(
        output(
            RuleId.B044_UNMETERED_LOOP,
            "a loop that was not metered",
            () -> TestPlugins.original(LOOP)),
        output(RuleId.B044_UNMETERED_LOOP, "a charge below what a round costs", () -> charging(-1)),
        output(RuleId.B044_UNMETERED_LOOP, "a charge that adds fuel", () -> charging(100)),
        output(RuleId.B045_FUEL_DISCIPLINE, "a charge that adds fuel", () -> charging(100)),
        output(
            RuleId.B045_FUEL_DISCIPLINE,
            "a store to the fuel that is not the local",
            OutputFixtures::storesConstant),
        output(
            RuleId.B045_FUEL_DISCIPLINE,
            "a return that keeps the fuel it had",
            () -> without(Opcodes.PUTSTATIC)),
        output(
            RuleId.B045_FUEL_DISCIPLINE,
            "a call after which the fuel is the old one",
            () -> without(Opcodes.GETSTATIC)),
        output(
            RuleId.B045_FUEL_DISCIPLINE,
            "a local that carries fuel filled again",
            OutputFixtures::fillsAgain),
        allocation(),
        Fixture.judged(
            RuleId.B004_PARSERS_DISAGREE,
            "C-03",
            "a class that the parsers read differently",
            "acme/P",
            () -> readAs("15 0", "15 1"),
            () -> readAs("15 0", "15 0")));
  }

  private static Fixture output(
      RuleId rule, String name, Supplier<SortedMap<String, byte[]>> refused) {
    return Fixture.judged(
        rule,
        "T-01",
        name,
        POLL,
        () -> judge(refused.get()),
        () -> judge(TestPlugins.rewritten(LOOP)));
  }

  private static Fixture allocation() {
    return Fixture.judged(
        RuleId.B046_UNMETERED_ALLOCATION,
        "T-09",
        "an allocation that was not metered",
        "acme/P.swInit",
        () -> judge(TestPlugins.allocating(false)),
        () -> judge(TestPlugins.allocating(true)));
  }

  static List<Refusal> judge(SortedMap<String, byte[]> classes) {
    Refusals out = new Refusals();
    Subject subject = Subject.output(ClassReading.read(classes, TestPlugins.ENTRY, out));
    Rules.shape().forEach(rule -> rule.check(subject, out));
    Rules.metered().forEach(rule -> rule.check(subject, out));
    return out.toList();
  }

  private static List<Refusal> readAs(String asm, String jdk) {
    Refusals out = new Refusals();
    Location place = new Location.Member(TestPlugins.ENTRY, "", "");
    ParserComparison.agree(place, List.of("a", asm), List.of("a", jdk), out);
    return out.toList();
  }

  private static SortedMap<String, byte[]> charging(int change) {
    return edited(
        insn -> {
          if (insn instanceof IincInsnNode take && take.incr < -1) {
            take.incr = change;
          }
        });
  }

  private static SortedMap<String, byte[]> storesConstant() {
    return TestPlugins.edited(
        LOOP,
        method ->
            method.instructions.forEach(
                insn -> {
                  if (insn.getOpcode() == Opcodes.PUTSTATIC) {
                    method.instructions.set(insn.getPrevious(), new InsnNode(Opcodes.ICONST_5));
                  }
                }));
  }

  /// Leaves out each access to the meter of one kind, and the access to the local beside it.
  private static SortedMap<String, byte[]> without(int opcode) {
    return TestPlugins.edited(
        LOOP,
        method -> {
          for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof FieldInsnNode && insn.getOpcode() == opcode) {
              boolean stores = opcode == Opcodes.PUTSTATIC;
              method.instructions.remove(stores ? insn.getPrevious() : insn.getNext());
              method.instructions.remove(insn);
            }
          }
        });
  }

  private static SortedMap<String, byte[]> fillsAgain() {
    return TestPlugins.edited(
        LOOP,
        method -> {
          VarInsnNode fuel =
              (VarInsnNode)
                  Arrays.stream(method.instructions.toArray())
                      .filter(insn -> insn.getOpcode() == Opcodes.ISTORE)
                      .findFirst()
                      .orElseThrow();
          AbstractInsnNode last = lastReturn(method);
          method.instructions.insertBefore(last, new IntInsnNode(Opcodes.SIPUSH, 4096));
          method.instructions.insertBefore(last, new VarInsnNode(Opcodes.ISTORE, fuel.var));
        });
  }

  private static AbstractInsnNode lastReturn(MethodNode method) {
    AbstractInsnNode insn = method.instructions.getLast();
    while (insn.getOpcode() != Opcodes.IRETURN) {
      insn = insn.getPrevious();
    }
    return insn;
  }

  private static SortedMap<String, byte[]> edited(Consumer<AbstractInsnNode> change) {
    return TestPlugins.edited(LOOP, (MethodNode method) -> method.instructions.forEach(change));
  }
}
