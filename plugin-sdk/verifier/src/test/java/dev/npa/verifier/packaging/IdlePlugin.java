// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.plugin.NpaPlugin;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.function.Consumer;

/// Class files of a plugin `example.nic.Plugin` all of whose entry points return 0 at once.
public final class IdlePlugin {

  private static final ClassDesc NAME = ClassDesc.of("example.nic.Plugin");
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");

  private IdlePlugin() {}

  public static byte[] harmless() {
    return build(code -> {});
  }

  /// Asks for the host's runtime before it returns.
  public static byte[] callingRuntime() {
    return build(
        code -> code.invokestatic(RUNTIME, "getRuntime", MethodTypeDesc.of(RUNTIME)).pop());
  }

  private static byte[] build(Consumer<CodeBuilder> first) {
    return ClassFile.of()
        .build(
            NAME,
            type -> {
              type.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SUPER);
              type.withInterfaceSymbols(NpaPlugin.class.describeConstable().orElseThrow());
              constructor(type);
              for (Method entry : NpaPlugin.class.getMethods()) {
                MethodTypeDesc descriptor = MethodTypeDesc.ofDescriptor(descriptor(entry));
                type.withMethodBody(
                    entry.getName(),
                    descriptor,
                    ClassFile.ACC_PUBLIC,
                    code -> {
                      first.accept(code);
                      code.iconst_0().ireturn();
                    });
              }
            });
  }

  private static void constructor(ClassBuilder type) {
    type.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_PUBLIC,
        code ->
            code.aload(0)
                .invokespecial(
                    ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
  }

  private static String descriptor(Method method) {
    StringBuilder descriptor = new StringBuilder("(");
    for (Class<?> parameter : method.getParameterTypes()) {
      descriptor.append(parameter.descriptorString());
    }
    return descriptor.append(')').append(method.getReturnType().descriptorString()).toString();
  }
}
