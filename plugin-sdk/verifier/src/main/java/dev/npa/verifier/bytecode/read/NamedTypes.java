// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types that a class file names in its constant pool, for whoever asks before the bytecode
/// gate does.
public final class NamedTypes {
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;()]+);");
  private static final int HEADER_BYTES = 8;

  private NamedTypes() {}

  /// Internal names, `a/b/C`: of classes, and in the descriptors of members. Never throws.
  ///
  /// @return nothing if the constant pool cannot be read
  public static Optional<Set<String>> of(byte[] classFile) {
    Set<String> types = new TreeSet<>();
    try {
      ByteCursor in = new ByteCursor(classFile, 0, classFile.length);
      in.skip(HEADER_BYTES);
      ConstantPool pool = ConstantPool.read(in, Caps.Author.VENDOR);
      for (String name : pool.classes()) {
        if (name.startsWith("[")) {
          addDescriptor(name, types);
        } else {
          types.add(name);
        }
      }
      pool.descriptors().forEach(descriptor -> addDescriptor(descriptor, types));
      return Optional.of(types);
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static void addDescriptor(String descriptor, Set<String> types) {
    Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      types.add(matcher.group(1));
    }
  }
}
