// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;

/// Descriptors as they stand in the file, which need not be well-formed.
final class Descriptors {
  private Descriptors() {}

  /// The types a field or method descriptor mentions, or empty if it is not well-formed.
  static Optional<List<Type>> types(String descriptor) {
    try {
      if (!descriptor.startsWith("(")) {
        ClassDesc.ofDescriptor(descriptor);
        return Optional.of(List.of(Type.getType(descriptor)));
      }
      MethodTypeDesc.ofDescriptor(descriptor);
      List<Type> types = new ArrayList<>(List.of(Type.getArgumentTypes(descriptor)));
      types.add(Type.getReturnType(descriptor));
      return Optional.of(types);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// An internal class name, or the descriptor of an array.
  static boolean isClassName(String name) {
    return name.startsWith("[")
        ? types(name).isPresent()
        : !name.isEmpty() && types("L" + name + ";").isPresent();
  }
}
