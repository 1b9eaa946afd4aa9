// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.FuelExhausted;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.plugin.ShellApi;
import dev.npa.plugin.TxQueue;
import dev.npa.plugin.TxQueueHandle;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// Two functions with the same plugin: what one could see of the other is a static.
final class SharedNothingTest {

  /// The verified classes, meter included, in a region of their own.
  private static List<Class<?>> region() throws Exception {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    Regions.classes(KawelaPlugin.class)
        .forEach((name, bytes) -> classes.put(name.replace('.', '/'), bytes));
    if (!(BytecodeGate.verify(classes, "org/kawela/vf/KawelaPlugin")
        instanceof Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified))) {
      throw new AssertionError("the gate refuses Kawela");
    }
    Map<String, byte[]> named = new HashMap<>();
    for (String name : verified.names()) {
      named.put(name.replace('/', '.'), verified.bytes(name));
    }
    ClassLoader loader =
        LoadedPlugin.define("org.kawela.vf.KawelaPlugin", named)
            .newInstance()
            .getClass()
            .getClassLoader();
    List<Class<?>> loaded = new ArrayList<>();
    for (String name : named.keySet()) {
      loaded.add(loader.loadClass(name));
    }
    return loaded;
  }

  private static List<Field> statics(Iterable<Class<?>> classes) {
    List<Field> found = new ArrayList<>();
    for (Class<?> type : classes) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          found.add(field);
        }
      }
    }
    return found;
  }

  @Test
  void givesEachFunctionStaticsOfItsOwn() throws Exception {
    List<Class<?>> one = region();
    List<Class<?>> two = region();

    assertThat(one).doesNotContainAnyElementsOf(two);
    assertThat(one)
        .extracting(Class::getName)
        .containsExactlyInAnyOrderElementsOf(two.stream().map(Class::getName).toList());
    assertThat(statics(one)).isNotEmpty().doesNotContainAnyElementsOf(statics(two));
  }

  @Test
  void keepsNothingInStaticsButConstantsAndTheMeter() throws Exception {
    assertThat(statics(region()))
        .allSatisfy(
            field -> {
              boolean constant =
                  Modifier.isFinal(field.getModifiers())
                      && (field.getType().isPrimitive() || field.getType() == String.class);
              boolean meter =
                  field.getDeclaringClass().getName().endsWith("$NpaMeter")
                      && field.getType() == int.class;
              assertThat(constant || meter).as(field.toString()).isTrue();
            });
  }

  /// What both functions reach through the contract: constants, layouts, and one error without
  /// state (no message to set, no trace, no suppressed ones).
  @Test
  void meetsInNothingThatCanChangeInTheContract() {
    List<Class<?>> contract =
        List.of(
            DmaRegion.class,
            FuelExhausted.class,
            MmioRegion.class,
            NpaPlugin.class,
            PluginState.class,
            RecvFrame.class,
            RxQueue.class,
            RxQueueHandle.class,
            SendInfo.class,
            SgList.class,
            ShellApi.class,
            TxQueue.class,
            TxQueueHandle.class);
    assertThat(contract).allMatch(type -> RegionLoader.isShared(type.getName()));

    assertThat(statics(contract))
        .isNotEmpty()
        .allSatisfy(
            field -> {
              Class<?> type = field.getType();
              assertThat(Modifier.isFinal(field.getModifiers())).as(field.toString()).isTrue();
              assertThat(
                      type.isPrimitive()
                          || type == VarHandle.class
                          || ValueLayout.class.isAssignableFrom(type)
                          || type == FuelExhausted.class)
                  .as(field.toString())
                  .isTrue();
            });
  }

  @Test
  void cannotLeaveAMarkOnTheErrorThatAllRegionsThrow() {
    FuelExhausted error = FuelExhausted.instance();

    error.addSuppressed(new IllegalStateException("mark"));
    error.setStackTrace(new StackTraceElement[] {new StackTraceElement("a", "b", "c", 1)});

    assertThat(error.getSuppressed()).isEmpty();
    assertThat(error.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.kawela.vf.KawelaPlugin", "dev.npa.shell.Shell"})
  void answersForAnotherRegionsNamesWithItsOwnClasses(String name) throws Exception {
    ClassLoader one = region().getFirst().getClassLoader();
    ClassLoader two = region().getFirst().getClassLoader();

    if (name.startsWith("org.kawela")) {
      assertThat(one.loadClass(name)).isNotSameAs(two.loadClass(name));
    } else {
      assertThat(RegionLoader.isShared(name)).isFalse();
    }
  }
}
