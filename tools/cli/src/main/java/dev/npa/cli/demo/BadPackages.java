// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.testbed.SamplePlugin;
import dev.npa.verifier.packaging.SigningKey;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.security.GeneralSecurityException;
import java.util.List;

/// Three packages that no gate may let through, made from the good one.
final class BadPackages {
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");

  /// @param what is wrong with it, in words
  record BadPackage(String what, byte[] bytes) {}

  private BadPackages() {}

  static List<BadPackage> madeFrom(SamplePlugin plugin, SigningKey key)
      throws IOException, GeneralSecurityException {
    return List.of(
        new BadPackage("unsigned", plugin.unsignedPackage()),
        new BadPackage("not GPL", plugin.withLicence("MIT").signedPackage(key)),
        new BadPackage(
            "calls Runtime", plugin.mapClasses(BadPackages::haltInCheckRxRing).signedPackage(key)));
  }

  /// What a hostile vendor would try: `Runtime.getRuntime().halt(1)` when the first frame comes.
  private static byte[] haltInCheckRxRing(byte[] classFile) {
    ClassFile format = ClassFile.of();
    ClassModel model = format.parse(classFile);
    CodeTransform halt =
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder code) {
            code.invokestatic(RUNTIME, "getRuntime", MethodTypeDesc.of(RUNTIME))
                .iconst_1()
                .invokevirtual(
                    RUNTIME,
                    "halt",
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
          }

          @Override
          public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
          }
        };
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString("checkRxRing"), halt));
  }
}
