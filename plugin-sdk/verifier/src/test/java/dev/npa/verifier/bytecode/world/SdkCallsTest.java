// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.plugin.Cost;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.Range;
import dev.npa.verifier.bytecode.SdkObjects;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The verifier's table of SDK calls against the SDK: what it declares and what it does.
class SdkCallsTest {
  private static final long SEED = 20104;
  private static final int ROUNDS = 300;

  @Test
  void hasTheCostsAndRangesThatTheSdkDeclares() throws Exception {
    Map<String, String> declared = new TreeMap<>();
    Map<String, String> known = new TreeMap<>();
    for (String owner : AllowList.sdk().keySet()) {
      for (Method method : Class.forName(owner.replace('/', '.')).getDeclaredMethods()) {
        if (isVendors(owner, method)) {
          declared.put(key(owner, method), declaration(method));
        }
      }
    }
    SdkCalls.all()
        .forEach((key, call) -> known.put(key, call.cost() + " " + call.min() + ".." + call.max()));

    assertThat(known).hasSizeGreaterThan(50).isEqualTo(declared);
  }

  @Test
  void hasTheRangesOfArgumentsThatTheContractDeclares() {
    for (Method method : NpaPlugin.class.getDeclaredMethods()) {
      for (int i = 0; i < method.getParameterCount(); i++) {
        Class<?> type = method.getParameterTypes()[i];
        Optional<Range> declared =
            Optional.ofNullable(method.getParameters()[i].getAnnotation(Range.class));
        EntryPoints.Argument known = EntryPoints.argument(method.getName(), i);
        if (type == int.class) {
          assertThat(known.min())
              .as("%s %d", method.getName(), i)
              .isEqualTo(declared.map(Range::min).orElse((long) Integer.MIN_VALUE));
          assertThat(known.max())
              .as("%s %d", method.getName(), i)
              .isEqualTo(declared.map(Range::max).orElse((long) Integer.MAX_VALUE));
        } else if (type == boolean.class) {
          assertThat(List.of(known.min(), known.max())).containsExactly(0L, 1L);
        }
      }
    }
  }

  @Test
  void isTrueOfEveryCallInRandomStates() throws Exception {
    Random random = new Random(SEED);
    int returned = 0;
    int thrown = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Object> objects = SdkObjects.random(random);
      for (Map.Entry<String, Object> object : objects.entrySet()) {
        for (Method method : object.getValue().getClass().getDeclaredMethods()) {
          if (!isVendors(object.getKey(), method)) {
            continue;
          }
          SdkCalls.Call call = SdkCalls.all().get(key(object.getKey(), method));
          Object[] arguments = arguments(method, objects, random);
          try {
            Object result = method.invoke(object.getValue(), arguments);
            returned++;
            check(method, call, result, method.invoke(object.getValue(), arguments));
          } catch (InvocationTargetException e) {
            thrown++;
            assertThat(call.total()).as("%s throws %s", method, e.getCause()).isFalse();
          }
        }
      }
    }
    System.out.printf("seed %d: %d calls returned, %d threw%n", SEED, returned, thrown);
    assertThat(returned).isGreaterThan(thrown);
    assertThat(thrown).isPositive();
  }

  private static void check(Method method, SdkCalls.Call call, Object result, Object again) {
    if (call.stable()) {
      assertThat(again).as("%s again", method).isEqualTo(result);
    }
    switch (result) {
      case Integer number ->
          assertThat((long) number).as("%s", method).isBetween(call.min(), call.max());
      case Boolean flag -> assertThat(call.max()).isOne();
      case null -> assertThat(method.getReturnType()).isEqualTo(void.class);
      default -> assertThat(call.min()).isEqualTo(Long.MIN_VALUE);
    }
  }

  private static Object[] arguments(Method method, Map<String, Object> objects, Random random) {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      arguments.add(
          type == int.class
              ? (Object) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(64) & -4)
              : type == long.class
                  ? (Object) random.nextLong()
                  : type == String.class ? "text" : objects.get(type.getName().replace('.', '/')));
    }
    return arguments.toArray();
  }

  private static boolean isVendors(String owner, Method method) {
    return AllowList.isInstanceMethod(owner, method.getName(), descriptor(method));
  }

  private static String key(String owner, Method method) {
    return owner + '.' + method.getName() + descriptor(method);
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .descriptorString();
  }

  private static String declaration(Method method) {
    Range range = method.getAnnotation(Range.class);
    String declared =
        range == null ? Long.MIN_VALUE + ".." + Long.MAX_VALUE : range.min() + ".." + range.max();
    return method.getAnnotation(Cost.class).value()
        + " "
        + (method.getReturnType() == boolean.class ? "0..1" : declared);
  }
}
