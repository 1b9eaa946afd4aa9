// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints the public and protected signatures of types, one line each, sorted: what a vendor's
/// class file can refer to. Constants come with their value, which is compiled into the vendor's
/// code.
final class ApiText {
  private ApiText() {}

  static String of(Collection<Class<?>> types) {
    StringBuilder text = new StringBuilder();
    for (Class<?> type : types) {
      text.append(mark(type)).append(type.toGenericString()).append(supertypes(type)).append('\n');
      members(type).stream().sorted().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString().replace(NpaPlugin.class.getPackageName() + ".", "");
  }

  static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static String supertypes(Class<?> type) {
    Stream<Type> supertypes =
        Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()).filter(t -> t != Object.class),
            Stream.of(type.getGenericInterfaces()));
    return supertypes.map(t -> " < " + t.getTypeName()).collect(Collectors.joining());
  }

  private static List<String> members(Class<?> type) {
    List<String> lines = new ArrayList<>();
    visible(type.getDeclaredFields()).map(field -> field(field)).forEach(lines::add);
    visible(type.getDeclaredConstructors())
        .map(constructor -> mark(constructor) + constructor.toGenericString())
        .forEach(lines::add);
    visible(type.getDeclaredMethods())
        .map(method -> mark(method) + method.toGenericString())
        .forEach(lines::add);
    return lines;
  }

  private static <M extends Member> Stream<M> visible(M[] members) {
    return Stream.of(members)
        .filter(member -> !member.isSynthetic())
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
  }

  private static String field(Field field) {
    String signature = mark(field) + field.toGenericString();
    boolean constant = Modifier.isStatic(field.getModifiers()) && field.getType().isPrimitive();
    try {
      return constant ? signature + " = " + field.get(null) : signature;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String mark(AnnotatedElement element) {
    return element.isAnnotationPresent(ShellOnly.class) ? "@ShellOnly " : "";
  }
}
