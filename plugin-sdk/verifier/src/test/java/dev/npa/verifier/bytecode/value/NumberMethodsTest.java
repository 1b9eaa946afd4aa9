// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.world.AllowList;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/// What is said of each number method that plugins may call, against the JDK's own.
class NumberMethodsTest {
  private static final long SEED = 20107;
  private static final int ROUNDS = 20_000;

  static List<Method> methods() {
    return Stream.of(Math.class, Byte.class, Short.class, Integer.class, Long.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(
            method ->
                AllowList.isStaticMethod(
                    Type.getInternalName(method.getDeclaringClass()),
                    method.getName(),
                    Type.getMethodDescriptor(method)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void returnsWhatIsSaid(Method method) throws ReflectiveOperationException {
    Random random = new Random(SEED);
    State state = new State(new Symbols(0), 0, 0, Budget.unlimited());
    MethodInsnNode call =
        new MethodInsnNode(
            Opcodes.INVOKESTATIC,
            Type.getInternalName(method.getDeclaringClass()),
            method.getName(),
            Type.getMethodDescriptor(method),
            false);
    for (int round = 0; round < ROUNDS; round++) {
      List<Value> claimed = new ArrayList<>();
      List<Object> arguments = new ArrayList<>();
      for (Class<?> type : method.getParameterTypes()) {
        long one = number(type, random);
        long other = random.nextInt(3) == 0 ? one : number(type, random);
        Interval interval = Interval.constant(one).join(Interval.constant(other));
        claimed.add(
            Number.of(
                type == long.class ? Width.LONG : Width.INT,
                random.nextBoolean() ? interval : Interval.of(interval.min(), interval.max())));
        arguments.add(boxed(type, random.nextBoolean() ? one : other));
      }
      check(method, arguments, NumberMethods.result(state, call, claimed), claimed);
    }
  }

  private static void check(
      Method method, List<Object> arguments, Value result, List<Value> claimed)
      throws ReflectiveOperationException {
    try {
      java.lang.Number returned = (java.lang.Number) method.invoke(null, arguments.toArray());
      assertThat(((Number) result).range().contains(returned.longValue()))
          .as("%s of %s, known as %s, is %s, said %s", method, arguments, claimed, returned, result)
          .isTrue();
    } catch (InvocationTargetException thrown) {
      assertThat(thrown).hasCauseInstanceOf(ArithmeticException.class);
    }
  }

  private static long number(Class<?> type, Random random) {
    long number =
        switch (random.nextInt(4)) {
          case 0 -> Long.MIN_VALUE >> random.nextInt(64);
          case 1 -> Long.MAX_VALUE >> random.nextInt(64);
          case 2 -> random.nextInt(5) - 2;
          default -> random.nextLong() >> random.nextInt(64);
        };
    return type == long.class ? number : ((java.lang.Number) boxed(type, number)).longValue();
  }

  private static Object boxed(Class<?> type, long number) {
    if (type == long.class) {
      return number;
    }
    if (type == byte.class) {
      return (byte) number;
    }
    return type == short.class ? (Object) (short) number : (Object) (int) number;
  }
}
