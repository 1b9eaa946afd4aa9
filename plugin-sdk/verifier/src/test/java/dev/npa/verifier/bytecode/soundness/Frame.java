// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Locals and operand stack of one call; long and double take one entry of the stack.
final class Frame {
  private final PluginMethod method;
  private final Object[] locals;
  private final List<Object> stack = new ArrayList<>();

  /// Whether the call under way failed for want of a receiver, not in the callee.
  boolean nullCall;

  Frame(PluginMethod method, List<Object> arguments) {
    this.method = method;
    this.locals = new Object[method.node().maxLocals + 1];
    int slot = 0;
    for (Object argument : arguments) {
      locals[slot] = argument;
      slot += isWide(argument) ? 2 : 1;
    }
  }

  static boolean isWide(Object value) {
    return value instanceof Long || value instanceof Double;
  }

  PluginMethod method() {
    return method;
  }

  Optional<Object> local(int index) {
    return Optional.ofNullable(locals[index]);
  }

  Object get(int index) {
    return locals[index];
  }

  void set(int index, Object value) {
    locals[index] = value;
  }

  Optional<Object> stack(int below) {
    return Optional.ofNullable(stack.get(stack.size() - 1 - below));
  }

  int depth() {
    return stack.size();
  }

  void push(Object value) {
    stack.add(value);
  }

  Object pop() {
    return stack.removeLast();
  }

  int popInt() {
    return (Integer) pop();
  }

  long popLong() {
    return (Long) pop();
  }
}
