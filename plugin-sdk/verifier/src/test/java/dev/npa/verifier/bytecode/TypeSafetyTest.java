// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Whoever is told of a type error must know whether it is theirs.
class TypeSafetyTest {
  private static final String POLL = "while (queue != 7) { queue = queue * 5 + 1; } return queue;";

  @Test
  void blamesTheRewriterForWhatOnlyTheWrittenClassHas() {
    Refusals out = new Refusals();

    new TypeSafety(read(TestPlugins.original(POLL)), out)
        .check(
            TestPlugins.edited(
                POLL, method -> method.instructions.insert(new InsnNode(Opcodes.POP))));

    assertThat(out.toList()).isNotEmpty();
    assertThat(out.toList())
        .allSatisfy(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(RuleId.B043_TYPE_SAFETY);
              assertThat(refusal.location()).hasToString(TestPlugins.ENTRY);
              assertThat(refusal.detail()).startsWith("only as rewritten: ");
              assertThat(refusal.remedy()).startsWith("report this");
            });
  }

  @Test
  void blamesTheRewriterWhenItCannotWriteWhatIsInOrder() {
    Refusals out = new Refusals();

    new TypeSafety(read(TestPlugins.original(POLL)), out).notWritten(new ArithmeticException());

    assertThat(out.toList()).hasSize(1);
    assertThat(out.toList().getFirst().remedy()).startsWith("report this");
  }

  @Test
  void saysWhatIsWrongWithTheVendorsClassInPlacesThatItHas() {
    List<Refusal> refusals =
        Fixture.judge(
            Edit.poll(
                Edit.returnZeroAfter(
                    new VarInsnNode(Opcodes.ILOAD, 2), new VarInsnNode(Opcodes.ASTORE, 1))));

    assertThat(refusals).extracting(Refusal::rule).containsOnly(RuleId.B043_TYPE_SAFETY);
    assertThat(refusals.getFirst().detail()).contains("checkRxRing", "@1");
    assertThat(refusals.getFirst().remedy()).contains("javac");
  }

  private static Plugin read(SortedMap<String, byte[]> classes) {
    return ClassReading.read(classes, TestPlugins.ENTRY, new Refusals());
  }
}
