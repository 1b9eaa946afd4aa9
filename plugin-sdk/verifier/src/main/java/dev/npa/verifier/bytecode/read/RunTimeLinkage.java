// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.Optional;

/// Finds the first instruction that would be linked at run time, in a class that is refused for it
/// anyway: the constant pool alone tells a vendor no line. Resolves no bootstrap method.
final class RunTimeLinkage {
  private RunTimeLinkage() {}

  /// The instruction, or nothing if there is none or the JDK's parser cannot find it.
  static Optional<Location> place(RawClass raw) {
    try {
      ClassModel model = ClassFile.of().parse(raw.stripped());
      for (MethodModel method : model.methods()) {
        Optional<Location> place = method.code().flatMap(code -> place(model, method, code));
        if (place.isPresent()) {
          return place;
        }
      }
    } catch (RuntimeException unreadable) {
      // The class is refused already; only its line is not known.
    }
    return Optional.empty();
  }

  private static Optional<Location> place(ClassModel model, MethodModel method, CodeModel code) {
    int index = 0;
    int line = 0;
    for (CodeElement element : code) {
      if (element instanceof LineNumber number) {
        line = number.line();
      }
      if (element instanceof Instruction instruction) {
        if (links(instruction)) {
          return Optional.of(at(model, method, index, line));
        }
        index++;
      }
    }
    return Optional.empty();
  }

  private static boolean links(Instruction instruction) {
    return instruction instanceof InvokeDynamicInstruction
        || instruction instanceof LoadConstantInstruction load
            && load.constantEntry().tag() >= ConstantPool.METHOD_HANDLE;
  }

  private static Location at(ClassModel model, MethodModel method, int index, int line) {
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(a -> a.sourceFile().stringValue())
            .orElse("");
    return new Location.Instruction(
        model.thisClass().asInternalName(),
        method.methodName().stringValue(),
        method.methodType().stringValue(),
        index,
        file.isEmpty() || line == 0 ? "" : file + ":" + line);
  }
}
