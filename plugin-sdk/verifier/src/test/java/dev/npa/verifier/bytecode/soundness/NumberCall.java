// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.tree.MethodInsnNode;

/// Calls the JDK's own number methods.
final class NumberCall {
  private static final Map<String, MethodHandle> HANDLES = new ConcurrentHashMap<>();

  private NumberCall() {}

  static Object of(MethodInsnNode call, List<Object> arguments) {
    MethodHandle handle =
        HANDLES.computeIfAbsent(call.owner + '.' + call.name + call.desc, key -> find(call));
    List<Object> typed = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Object argument = arguments.get(i);
      Class<?> type = handle.type().parameterType(i);
      typed.add(
          type == byte.class
              ? (Object) (byte) (int) (Integer) argument
              : type == short.class ? (Object) (short) (int) (Integer) argument : argument);
    }
    try {
      Object result = handle.invokeWithArguments(typed);
      return result instanceof Short small ? (Object) (int) small : result;
    } catch (ArithmeticException e) {
      throw new Machine.Fault("division by zero");
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle find(MethodInsnNode call) {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Class.forName(call.owner.replace('/', '.')),
              call.name,
              MethodType.fromMethodDescriptorString(call.desc, null));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
