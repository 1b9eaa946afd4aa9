// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.Collection;

/// How much code there is. Classes that cannot be read count as classes only.
record Extent(int classes, int methods, int instructions) {

  static Extent of(Collection<byte[]> classes) {
    int methods = 0;
    int instructions = 0;
    for (byte[] bytes : classes) {
      try {
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
          methods++;
          instructions += method.code().map(code -> count(code)).orElse(0);
        }
      } catch (RuntimeException unreadable) {
        // The gate says so, and why.
      }
    }
    return new Extent(classes.size(), methods, instructions);
  }

  private static int count(Iterable<?> code) {
    int count = 0;
    for (Object element : code) {
      count += element instanceof Instruction ? 1 : 0;
    }
    return count;
  }
}
