// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.bytecode.MethodTrace.Fault;
import dev.npa.verifier.bytecode.MethodTrace.Gap;
import dev.npa.verifier.bytecode.MethodTrace.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final String MEMBERS =
      """
      private final Ring ring = new Ring(64);
      private int zero;
      static final class Ring {
        final int size; final int mask; final long[] slots; int head;
        Ring(int size) { this.size = size; mask = size - 1; slots = new long[size]; }
      }
      """;

  @Test
  void saysWhatAnIndexIsRelativeToTheArray() {
    Step access =
        step("Ring r = ring; int i = queue * 5 & r.mask; r.slots[i] = 7L; return i;", "lastore");

    assertThat(access.before().stack())
        .containsExactly(
            "array of 64, not null = this.ring.slots, length = this.ring.size",
            "int 0..63 = local 5, <= this.ring.size - 1",
            "long 7");
    assertThat(access.before().fields())
        .contains("this.ring: reference, not null", "this.ring.mask: int 63 = this.ring.size - 1");
  }

  @Test
  void marksWhatCannotFaultAndWhatMay() {
    String statements = "Ring r = ring; r.slots[queue & 63] = 1L; return 100 / r.head;";

    assertThat(step(statements, "lastore").fault()).isEqualTo(Fault.EXCLUDED);
    assertThat(step(statements, "idiv").fault()).isEqualTo(Fault.CHECKED);
    assertThat(step(statements, "iload 2").fault()).isEqualTo(Fault.NONE);
  }

  @Test
  void namesInstructionsThatAreOutOfReach() {
    MethodTrace trace = trace("if (zero != 0) { zero = queue; zero++; } return 1;");
    Step jump =
        trace.steps().stream()
            .filter(step -> step.instruction().startsWith("ifeq"))
            .findFirst()
            .orElseThrow();
    int target = Integer.parseInt(jump.instruction().substring("ifeq ".length()));

    Gap dead = new Gap(jump.index() + 1, target - 1);
    assertThat(trace.outOfReach()).contains(dead);
    assertThat(dead).hasToString(dead.first() + ".." + dead.last());
  }

  @Test
  void callsNothingOutOfReachWhereNothingIsKnown() {
    MethodTrace given = new MethodTrace(ENTRY, "m", "()V", 7, List.of());

    assertThat(given.isKnown()).isFalse();
    assertThat(given.outOfReach()).isEmpty();
  }

  @Test
  void countsForEachEntryPointWhatCannotFaultInAllThatItCalls() {
    List<EntryCost> entries =
        HonestPluginTest.accepted(
                plugin()
                    .members(MEMBERS)
                    .members(
                        "private void fill(Ring r, int i) { r.slots[i & r.mask] = 1; r.head = i; }")
                    .body("checkTxRing", "fill(ring, queue); return queue;")
                    .poll("fill(ring, queue); return 100 / ring.head;")
                    .compile(),
                ENTRY)
            .report()
            .entries();

    assertThat(of(entries, "checkTxRing").cannotFault()).isTrue();
    assertThat(of(entries, "checkTxRing").provedSafe()).isEqualTo(7);
    assertThat(of(entries, "checkRxRing").checked()).isOne();
    assertThat(of(entries, "checkRxRing").provedSafe()).isGreaterThan(7);
    assertThat(of(entries, "swInit").provedSafe()).isZero();
  }

  private static EntryCost of(List<EntryCost> entries, String name) {
    return entries.stream()
        .filter(entry -> entry.entryPoint().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Step step(String statements, String instruction) {
    return trace(statements).steps().stream()
        .filter(step -> step.instruction().equals(instruction))
        .findFirst()
        .orElseThrow();
  }

  private static MethodTrace trace(String statements) {
    return BytecodeGate.trace(plugin().members(MEMBERS).poll(statements).compile(), ENTRY).stream()
        .filter(method -> method.name().equals("checkRxRing"))
        .findFirst()
        .orElseThrow();
  }
}
