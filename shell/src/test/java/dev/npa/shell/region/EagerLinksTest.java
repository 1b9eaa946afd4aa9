// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What would fail at its first use under traffic fails while the plugin is loaded. The gate lets
/// none of these classes through; this is the line behind it.
final class EagerLinksTest {
  private static final String NAME = "example.nic.Plugin";
  private static final ClassDesc PLUGIN = ClassDesc.of(NAME);
  private static final ClassDesc MMIO = ClassDesc.of("dev.npa.plugin.MmioRegion");
  private static final MethodTypeDesc METHOD = MethodTypeDesc.of(ConstantDescs.CD_void, MMIO);

  /// A class with one static method.
  private static byte[] withMethod(Consumer<CodeBuilder> body) {
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .build(
            PLUGIN,
            type -> {
              type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
              type.withMethodBody(
                  "use",
                  METHOD,
                  ClassFile.ACC_STATIC,
                  code -> {
                    body.accept(code);
                    code.return_();
                  });
            });
  }

  private static void load(Consumer<CodeBuilder> body) {
    LoadedPlugin.define(NAME, Map.of(NAME, withMethod(body)));
  }

  @Test
  void takesAClassWhoseReferencesAreThere() {
    load(
        code ->
            code.aload(0)
                .iconst_0()
                .iconst_0()
                .invokevirtual(
                    MMIO,
                    "write32",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int)));
  }

  @Test
  void refusesACallOfAMethodThatIsNotThere() {
    assertThatThrownBy(
            () ->
                load(
                    code ->
                        code.aload(0)
                            .invokevirtual(
                                MMIO, "read32", MethodTypeDesc.of(ConstantDescs.CD_void))))
        .isInstanceOf(NoSuchMethodError.class)
        .hasMessageContaining("dev.npa.plugin.MmioRegion.read32()V");
  }

  @Test
  void refusesAFieldThatIsNotThere() {
    assertThatThrownBy(
            () -> load(code -> code.getstatic(PLUGIN, "nothing", ConstantDescs.CD_int).pop()))
        .isInstanceOf(NoSuchFieldError.class)
        .hasMessageContaining(NAME + ".nothing");
  }

  @Test
  void refusesAClassThatDoesNotExistHere() {
    assertThatThrownBy(
            () ->
                load(
                    code ->
                        code.invokestatic(
                            ClassDesc.of("java.lang.System"),
                            "gc",
                            MethodTypeDesc.of(ConstantDescs.CD_void))))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("java.lang.System");
  }

  @Test
  void refusesCodeThatTheJvmDoesNotVerify() {
    assertThatThrownBy(() -> load(code -> code.iconst_0().aload(0).iadd().pop()))
        .isInstanceOf(VerifyError.class);
  }

  @Test
  void runsNoneOfThePluginsCode() {
    // A constructor that would fail is not called.
    assertThat(Regions.load(Faulty.class)).isNotNull();
  }
}
