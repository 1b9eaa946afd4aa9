// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.TestPlugins;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/// Judges rewritten code as if the rewriter were wrong.
class OutputRulesTest {
  private static final String LOOP = "while (queue > 0) { queue += work(maxPkts); }";

  @Test
  void acceptsWhatTheRewriterWrote() {
    assertThat(judge(TestPlugins.rewritten(LOOP))).isEmpty();
  }

  @Test
  void refusesALoopThatWasNotMetered() {
    assertThat(judge(TestPlugins.original(LOOP)))
        .contains(RuleId.B044_UNMETERED_LOOP, RuleId.B045_FUEL_DISCIPLINE);
  }

  @Test
  void refusesAChargeBelowWhatARoundCosts() {
    assertThat(
            judge(
                edited(
                    insn -> {
                      if (insn instanceof IincInsnNode take && take.incr < -1) {
                        take.incr = -1;
                      }
                    })))
        .contains(RuleId.B044_UNMETERED_LOOP);
  }

  @Test
  void refusesAChargeThatAddsFuel() {
    assertThat(
            judge(
                edited(
                    insn -> {
                      if (insn instanceof IincInsnNode take && take.incr < -1) {
                        take.incr = 100;
                      }
                    })))
        .contains(RuleId.B044_UNMETERED_LOOP, RuleId.B045_FUEL_DISCIPLINE);
  }

  @Test
  void refusesAStoreToTheFuelThatIsNotTheLocal() {
    assertThat(
            judge(
                TestPlugins.edited(
                    LOOP,
                    method ->
                        method.instructions.forEach(
                            insn -> {
                              if (insn instanceof FieldInsnNode field
                                  && field.getOpcode() == Opcodes.PUTSTATIC) {
                                method.instructions.set(
                                    field.getPrevious(), new InsnNode(Opcodes.ICONST_5));
                              }
                            }))))
        .contains(RuleId.B045_FUEL_DISCIPLINE);
  }

  @Test
  void refusesAnAllocationThatWasNotMetered() {
    assertThat(judge(TestPlugins.allocating(false))).contains(RuleId.B046_UNMETERED_ALLOCATION);
    assertThat(judge(TestPlugins.allocating(true))).isEmpty();
  }

  @Test
  void refusesTheFuelErrorThrownElsewhereThanInserted() {
    assertThat(
            judge(
                edited(
                    insn -> {
                      if (insn instanceof MethodInsnNode call
                          && call.owner.endsWith("FuelExhausted")) {
                        call.owner = TestPlugins.METER;
                      }
                    })))
        .contains(RuleId.B012_FOREIGN_METHOD, RuleId.B028_THROW);
  }

  private static SortedMap<String, byte[]> edited(Consumer<AbstractInsnNode> change) {
    return TestPlugins.edited(LOOP, (MethodNode method) -> method.instructions.forEach(change));
  }

  private static List<RuleId> judge(SortedMap<String, byte[]> classes) {
    Refusals out = new Refusals();
    Subject subject = Subject.output(ClassReading.read(classes, TestPlugins.ENTRY, out));
    Rules.shape().forEach(rule -> rule.check(subject, out));
    Rules.metered().forEach(rule -> rule.check(subject, out));
    return out.toList().stream().map(Refusal::rule).distinct().toList();
  }
}
