// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/// Signed packages of a plugin that does nothing.
final class TestPlugin {
  private static final ClassDesc NAME = ClassDesc.of("example.nic.Plugin");
  private static final String CONTRACT = "dev.npa.plugin.NpaPlugin";

  private TestPlugin() {}

  static byte[] signed(String version, DeviceId device)
      throws GeneralSecurityException, ClassNotFoundException {
    return PackageSigner.sign(unsigned(version, device), TestHost.PKI.vendorKey(), TestHost.NOW);
  }

  static byte[] unsigned(String version, DeviceId device) throws ClassNotFoundException {
    PluginManifest manifest =
        new PluginManifest(
                "example.nic",
                version,
                1,
                "example.nic.Plugin",
                List.of(device),
                Optional.of("GPL-2.0-only"),
                Optional.empty())
            .withSourceAt("https://example.com/source.zip", "0".repeat(96), "2099-12-31");
    return new PackageBuilder(manifest)
        .add("example/nic/Plugin.class", idle(Class.forName(CONTRACT)))
        .addLicenceText("GPL-2.0-only")
        .build();
  }

  private static byte[] idle(Class<?> contract) {
    return ClassFile.of()
        .build(
            NAME,
            type -> {
              type.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SUPER);
              type.withInterfaceSymbols(ClassDesc.of(CONTRACT));
              type.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  ClassFile.ACC_PUBLIC,
                  code ->
                      code.aload(0)
                          .invokespecial(
                              ConstantDescs.CD_Object,
                              ConstantDescs.INIT_NAME,
                              ConstantDescs.MTD_void)
                          .return_());
              for (Method entry : contract.getMethods()) {
                type.withMethodBody(
                    entry.getName(),
                    descriptor(entry),
                    ClassFile.ACC_PUBLIC,
                    code -> code.iconst_0().ireturn());
              }
            });
  }

  private static MethodTypeDesc descriptor(Method method) {
    MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    return MethodTypeDesc.ofDescriptor(type.toMethodDescriptorString());
  }
}
