// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;

/// The forms in which the specification gives each instruction (JVMS 6.5). The top of the stack is
/// to the right; a digit is an int, a letter a long.
class StackTest {
  @ParameterizedTest
  @CsvSource({
    "POP, 012, 01",
    "POP2, 012, 0",
    "POP2, 01a, 01",
    "DUP, 012, 0122",
    "DUP_X1, 012, 0212",
    "DUP_X2, 012, 2012",
    "DUP_X2, 0a2, 02a2",
    "DUP2, 012, 01212",
    "DUP2, 01a, 01aa",
    "DUP2_X1, 012, 12012",
    "DUP2_X1, 01a, 0a1a",
    "DUP2_X2, 0123, 230123",
    "DUP2_X2, 012a, 0a12a",
    "DUP2_X2, 0a23, 023a23",
    "DUP2_X2, 0ab, 0bab",
    "SWAP, 012, 021",
  })
  void movesWhatTheSpecificationSays(String instruction, String before, String after)
      throws ReflectiveOperationException {
    State state = new State(new Symbols(0), 0, 8, Budget.unlimited());
    before.chars().forEach(letter -> state.push(value(letter)));

    Stack.shuffle(state, Opcodes.class.getField(instruction).getInt(null));

    List<Value> stack = new ArrayList<>();
    for (int i = state.depth() - 1; i >= 0; i--) {
      stack.add(state.top(i));
    }
    assertThat(stack).isEqualTo(after.chars().mapToObj(StackTest::value).toList());
  }

  private static Value value(int letter) {
    return Number.constant(Character.isDigit(letter) ? Width.INT : Width.LONG, letter);
  }
}
