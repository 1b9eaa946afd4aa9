// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/// Links a region's classes completely while it is loaded.
///
/// The JVM verifies a class at its first use and resolves a call at its first execution. What is
/// wrong would show in the middle of traffic; here it shows before there is any.
final class EagerLinks {
  private final ClassLoader loader;

  EagerLinks(ClassLoader loader) {
    this.loader = loader;
  }

  /// Has the JVM verify and prepare a class, then finds every member that it names.
  ///
  /// Initialising a class links it and runs no code: verified classes have no initialiser.
  ///
  /// @throws LinkageError if the JVM refuses the class, or a member is not there
  void link(String className, byte[] classFile) {
    load(className, true);
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      switch (entry) {
        case MethodRefEntry method -> requireMethod(className, method);
        case InterfaceMethodRefEntry method -> requireMethod(className, method);
        case FieldRefEntry field -> requireField(className, field);
        default -> {
          // Names and numbers.
        }
      }
    }
  }

  private void requireMethod(String user, MemberRefEntry entry) {
    Class<?> owner = load(entry.owner().name().stringValue().replace('/', '.'), false);
    String name = entry.name().stringValue();
    String descriptor = entry.type().stringValue();
    Stream<? extends Executable> candidates =
        name.equals(ConstantDescs.INIT_NAME)
            ? Stream.of(owner.getDeclaredConstructors())
            : Stream.of(owner.getDeclaredMethods()).filter(m -> m.getName().equals(name));
    if (candidates.noneMatch(candidate -> descriptor(candidate).equals(descriptor))) {
      throw new NoSuchMethodError(
          user + " calls " + owner.getName() + "." + name + descriptor + ", which is not there");
    }
  }

  private void requireField(String user, FieldRefEntry entry) {
    Class<?> owner = load(entry.owner().name().stringValue().replace('/', '.'), false);
    String name = entry.name().stringValue();
    boolean found =
        Arrays.stream(owner.getDeclaredFields())
            .anyMatch(
                field ->
                    field.getName().equals(name)
                        && field.getType().descriptorString().equals(entry.type().stringValue()));
    if (!found) {
      throw new NoSuchFieldError(
          user + " uses " + owner.getName() + "." + name + ", which is not there");
    }
  }

  private static String descriptor(Executable executable) {
    Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
    return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
  }

  private Class<?> load(String className, boolean initialize) {
    try {
      return Class.forName(className, initialize, loader);
    } catch (ClassNotFoundException e) {
      NoClassDefFoundError error = new NoClassDefFoundError(className);
      error.initCause(e);
      throw error;
    }
  }
}
