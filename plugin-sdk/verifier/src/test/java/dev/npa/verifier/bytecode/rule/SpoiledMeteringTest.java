// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.TestPlugins;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.InstructionText;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Changes each instruction that the rewriter inserts, in each way that would let a loop run free,
/// fuel come from nowhere or an allocation go uncounted. The rules about written code must refuse
/// every one: what the rewriter means to do is not what they go by.
class SpoiledMeteringTest {
  private static final String MEMBERS =
      """
      int[] a; long[] b; Node first; int n; int[] kept = new int[3];
      static final class Node { long x; Node next; }
      static int work(int n) { int sum = 0; while (n != 1) { n = n * 3 & 1023; sum++; } return sum; }
      static int shared(int n) { return work(n) + work(n + 1); }
      static int dear(PluginState ps, int n) {
        while (n != 1) {
          n = n * 3 & 1023;
          ps.shellApi().log(1, "a", n); ps.shellApi().log(2, "b", n); ps.shellApi().log(3, "c", n);
          ps.shellApi().log(4, "d", n); ps.shellApi().log(5, "e", n); ps.shellApi().log(6, "f", n);
          ps.shellApi().log(7, "g", n);
        }
        return n;
      }
      """;

  private static final SortedMap<String, byte[]> WRITTEN =
      TestPlugins.rewrittenOf(
          MEMBERS,
          "swInit",
          "a = new int[n]; b = new long[3]; first = new Node(); return dear(ps, n) & 1;",
          "checkTxRing",
          "return shared(queue);",
          "checkRxRing",
          "while (queue > 0) { if (n == 3) { queue += work(n); continue; } if (n == 4) { return 1;"
              + " } queue += work(maxPkts); }");

  @Test
  void acceptsWhatTheRewriterWrote() {
    assertThat(judge(WRITTEN)).isEmpty();
  }

  @Test
  void refusesEveryChangeOfAnInsertedInstruction() {
    List<String> accepted = new ArrayList<>();
    int spoiled = 0;
    for (PluginMethod method : read(WRITTEN).methodList()) {
      for (int at = 0; at < method.code().size(); at++) {
        for (AbstractInsnNode instead : changes(method, at)) {
          spoiled++;
          if (judge(spoil(method, at, instead)).isEmpty()) {
            accepted.add(
                "%s: %s becomes opcode %d"
                    .formatted(method.at(at), InstructionText.of(method, at), instead.getOpcode()));
          }
        }
      }
    }
    System.out.println("spoiled instructions of the metering: " + spoiled);
    assertThat(accepted).isEmpty();
    assertThat(spoiled).isGreaterThan(80);
  }

  /// Whoever is called could otherwise fill the tank of a loop around the call.
  @Test
  void refusesAHelperThatFillsTheTank() {
    SortedMap<String, byte[]> filled =
        TestPlugins.edited(
            WRITTEN,
            TestPlugins.ENTRY,
            node ->
                node.methods.stream()
                    .filter(method -> method.name.equals("shared"))
                    .forEach(
                        method -> {
                          method.instructions.insert(
                              new FieldInsnNode(
                                  Opcodes.PUTSTATIC, TestPlugins.METER, Meter.FUEL_FIELD, "I"));
                          method.instructions.insert(new LdcInsnNode(Meter.FUEL));
                        }));

    assertThat(judge(filled)).extracting(Refusal::rule).contains(RuleId.B045_FUEL_DISCIPLINE);
  }

  /// The rewriter charges for what metering itself may add; a round must pay for what it executes.
  @Test
  void takesNoChargeBelowWhatARoundExecutes() {
    PluginMethod work =
        read(WRITTEN).methodList().stream()
            .filter(method -> method.name().equals("work"))
            .findFirst()
            .orElseThrow();
    int at = work.code().size();
    do {
      at--;
    } while (!(work.code().get(at) instanceof IincInsnNode charge && charge.incr < 0));
    int fuel = fuel(work);
    int least = 0;
    do {
      least++;
    } while (!judge(spoil(work, at, new IincInsnNode(fuel, -least))).isEmpty());

    // iload, iconst, if_icmpeq; iload, iconst, imul, sipush, iand, istore, iinc, goto; iinc, iload,
    // ifgt.
    assertThat(least).isEqualTo(14);
  }

  private static SortedMap<String, byte[]> spoil(
      PluginMethod method, int at, AbstractInsnNode instead) {
    return TestPlugins.edited(
        WRITTEN,
        method.owner().name(),
        node ->
            node.methods.stream()
                .filter(m -> m.name.equals(method.name()) && m.desc.equals(method.descriptor()))
                .forEach(
                    m -> {
                      AbstractInsnNode old =
                          Stream.of(m.instructions.toArray())
                              .filter(insn -> insn.getOpcode() >= 0)
                              .skip(at)
                              .findFirst()
                              .orElseThrow();
                      m.instructions.set(
                          old,
                          instead instanceof JumpInsnNode jump
                              ? new JumpInsnNode(jump.getOpcode(), ((JumpInsnNode) old).label)
                              : instead);
                    }));
  }

  /// What to put in the place of an inserted instruction; nothing for one of the vendor's.
  private static List<AbstractInsnNode> changes(PluginMethod method, int at) {
    AbstractInsnNode insn = method.code().get(at);
    int fuel = fuel(method);
    return switch (insn) {
      case IincInsnNode charge when charge.var == fuel ->
          List.of(
              new IincInsnNode(fuel, -1),
              new IincInsnNode(fuel, 0),
              new IincInsnNode(fuel, -charge.incr),
              new IincInsnNode(fuel + 1, charge.incr),
              new InsnNode(Opcodes.NOP));
      case VarInsnNode load when load.var == fuel && load.getOpcode() == Opcodes.ILOAD ->
          List.of(new VarInsnNode(Opcodes.ILOAD, fuel + 1), new InsnNode(Opcodes.ICONST_5));
      case VarInsnNode store when store.var == fuel ->
          List.of(new VarInsnNode(Opcodes.ISTORE, fuel + 1), new InsnNode(Opcodes.POP));
      case FieldInsnNode field when field.owner.endsWith(Meter.SUFFIX) ->
          List.of(
              field.getOpcode() == Opcodes.GETSTATIC
                  ? new InsnNode(Opcodes.ICONST_5)
                  : new InsnNode(Opcodes.POP));
      case MethodInsnNode call when call.name.equals(Meter.ARRAY_METHOD) ->
          List.of(new InsnNode(Opcodes.POP));
      case MethodInsnNode call when call.name.equals(Meter.OBJECT_METHOD) ->
          List.of(new InsnNode(Opcodes.POP));
      case MethodInsnNode call when call.owner.equals(Meter.EXHAUSTED) ->
          List.of(new InsnNode(Opcodes.ACONST_NULL));
      case JumpInsnNode jump when jump.getOpcode() == Opcodes.IFGT && follows(method, at, fuel) ->
          Stream.of(Opcodes.IFGE, Opcodes.IFNE, Opcodes.IFLT, Opcodes.IFEQ, Opcodes.IFLE)
              .<AbstractInsnNode>map(opcode -> new JumpInsnNode(opcode, jump.label))
              .toList();
      case IntInsnNode push when isArgumentOfMeter(method, at) ->
          List.of(
              new IntInsnNode(Opcodes.BIPUSH, push.operand - 1), new InsnNode(Opcodes.ICONST_0));
      case InsnNode push when isArgumentOfMeter(method, at) ->
          List.of(new InsnNode(Opcodes.ICONST_0));
      case LdcInsnNode push when isWeightOrTank(method, at, fuel) ->
          List.of(new LdcInsnNode((Integer) push.cst / 2), new InsnNode(Opcodes.ICONST_1));
      default -> List.of();
    };
  }

  /// The first store of a method that starts with the fuel.
  private static int fuel(PluginMethod method) {
    boolean filled =
        method.code().size() > 1
            && (method.code().get(0) instanceof FieldInsnNode
                || method.code().get(0) instanceof LdcInsnNode);
    return filled && method.code().get(1) instanceof VarInsnNode store ? store.var : -2;
  }

  private static boolean follows(PluginMethod method, int at, int fuel) {
    return at > 0 && method.code().get(at - 1) instanceof VarInsnNode load && load.var == fuel;
  }

  private static boolean isArgumentOfMeter(PluginMethod method, int at) {
    return at + 1 < method.code().size()
        && method.code().get(at + 1) instanceof MethodInsnNode call
        && call.owner.endsWith(Meter.SUFFIX);
  }

  private static boolean isWeightOrTank(PluginMethod method, int at, int fuel) {
    boolean tank = at == 0;
    boolean weight = at > 0 && follows(method, at, fuel);
    return tank || weight;
  }

  private static Plugin read(SortedMap<String, byte[]> classes) {
    return ClassReading.readWritten(classes, TestPlugins.ENTRY, new Refusals());
  }

  private static List<Refusal> judge(SortedMap<String, byte[]> classes) {
    Refusals out = new Refusals();
    Subject subject = Subject.output(ClassReading.readWritten(classes, TestPlugins.ENTRY, out));
    Rules.shape().forEach(rule -> rule.check(subject, out));
    Rules.metered().forEach(rule -> rule.check(subject, out));
    return out.toList();
  }
}
