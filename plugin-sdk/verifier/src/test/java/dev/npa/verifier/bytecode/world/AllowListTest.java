// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.ShellOnly;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllowListTest {

  @Test
  void holdsThePublicMembersOfTheSdkThatAreNotTheShells() throws Exception {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (Class<?> type : sdkTypes()) {
      if (!type.isInterface() && !type.isAnnotationPresent(ShellOnly.class)) {
        expected.put(
            type.getName().replace('.', '/'),
            Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isAnnotationPresent(ShellOnly.class))
                .map(method -> method.getName() + descriptor(method))
                .collect(Collectors.toSet()));
      }
    }

    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(new TreeMap<>(AllowList.sdk())).isEqualTo(expected);
  }

  @Test
  void canRelyOnTheSdksTypesBeingFinalAndMadeByTheShellOnly() throws Exception {
    for (Class<?> type : sdkTypes()) {
      if (!type.isInterface()) {
        assertThat(Modifier.isFinal(type.getModifiers())).as(type.getName()).isTrue();
        assertThat(type.getConstructors())
            .allMatch((Constructor<?> made) -> made.isAnnotationPresent(ShellOnly.class));
        assertThat(type.getFields())
            .filteredOn(field -> field.getDeclaringClass() == type)
            .allMatch(AllowListTest::isConstant);
      }
    }
  }

  @Test
  void namesTheNineEntryPoints() {
    List<String> declared =
        Arrays.stream(NpaPlugin.class.getMethods())
            .map(method -> method.getName() + descriptor(method))
            .toList();

    assertThat(declared).hasSize(9).allMatch(AllowListTest::isEntryPoint);
  }

  @Test
  void numberMethodsExist() throws Exception {
    for (Class<?> type : List.of(Math.class, Integer.class, Long.class, Short.class, Byte.class)) {
      String owner = type.getName().replace('.', '/');
      long listed =
          Arrays.stream(type.getMethods())
              .filter(
                  method -> AllowList.isStaticMethod(owner, method.getName(), descriptor(method)))
              .peek(method -> assertThat(Modifier.isStatic(method.getModifiers())).isTrue())
              .count();
      assertThat(listed).as(owner).isEqualTo(AllowList.numbers().get(owner).size());
    }
  }

  private static boolean isEntryPoint(String method) {
    int split = method.indexOf('(');
    return EntryPoints.is(method.substring(0, split), method.substring(split));
  }

  private static boolean isConstant(Field field) {
    return Modifier.isStatic(field.getModifiers())
        && Modifier.isFinal(field.getModifiers())
        && field.getType().isPrimitive();
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .descriptorString();
  }

  private static List<Class<?>> sdkTypes() throws IOException, ClassNotFoundException {
    List<String> names;
    Path home = Path.of(location());
    if (Files.isDirectory(home)) {
      try (Stream<Path> files = Files.list(home.resolve("dev/npa/plugin"))) {
        names = files.map(file -> "dev/npa/plugin/" + file.getFileName()).toList();
      }
    } else {
      names = moduleResources();
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      if (name.matches("dev/npa/plugin/\\w+\\.class")) {
        types.add(Class.forName(name.replace(".class", "").replace('/', '.')));
      }
    }
    return types;
  }

  private static URI location() {
    return URI.create(
        NpaPlugin.class.getProtectionDomain().getCodeSource().getLocation().toString());
  }

  private static List<String> moduleResources() throws IOException {
    ModuleReference module =
        ModuleLayer.boot().configuration().findModule("dev.npa.plugin").orElseThrow().reference();
    try (ModuleReader reader = module.open();
        Stream<String> resources = reader.list()) {
      return resources.toList();
    }
  }
}
