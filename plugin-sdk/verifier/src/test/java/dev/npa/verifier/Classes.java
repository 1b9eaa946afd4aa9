// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;

/// Class files of which nothing but the name counts.
final class Classes {

  private Classes() {}

  /// @param name binary name, `a.b.C`
  static byte[] empty(String name) {
    return ClassFile.of().build(ClassDesc.of(name), type -> {});
  }
}
