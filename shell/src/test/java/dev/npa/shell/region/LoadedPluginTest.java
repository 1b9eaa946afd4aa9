// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.datapath.PluginRig;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

final class LoadedPluginTest {

  @Test
  void givesEachFunctionClassesOfItsOwn() throws Exception {
    NpaPlugin one = Regions.load(KawelaPlugin.class).newInstance();
    NpaPlugin two = Regions.load(KawelaPlugin.class).newInstance();

    assertThat(one.getClass()).isNotSameAs(two.getClass()).isNotSameAs(KawelaPlugin.class);
  }

  @Test
  void putsThePluginIntoANamedModuleThatReadsTheContractOnly() throws Exception {
    Module module = Regions.load(KawelaPlugin.class).newInstance().getClass().getModule();

    assertThat(module.isNamed()).isTrue();
    assertThat(module.canRead(NpaPlugin.class.getModule())).isTrue();
    assertThat(module.canRead(LoadedPlugin.class.getModule())).isFalse();
    assertThat(module.canRead(ClassLoader.getSystemClassLoader().getUnnamedModule())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System",
        "java.lang.Runtime",
        "java.lang.Class",
        "java.lang.Thread",
        "java.lang.reflect.Method",
        "java.util.HashMap",
        "sun.misc.Unsafe",
        "dev.npa.plugin.ShellOnly",
        "dev.npa.plugin.host.ShellServices",
        "dev.npa.shell.Shell",
        "dev.npa.nic.pci.Bar",
        "org.kawela.vf.KawelaTxRing2"
      })
  void doesNotKnowOtherNames(String name) throws Exception {
    ClassLoader loader = Regions.load(KawelaPlugin.class).newInstance().getClass().getClassLoader();

    assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void servesNoResources() throws Exception {
    ClassLoader loader = Regions.load(KawelaPlugin.class).newInstance().getClass().getClassLoader();

    assertThat(loader.getParent()).isNull();
    assertThat(loader.getResource("org/kawela/vf/KawelaPlugin.class")).isNull();
    assertThat(loader.getResource("java/lang/Object.class")).isNull();
    assertThat(loader.getResourceAsStream("java/lang/Object.class")).isNull();
    assertThat(loader.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isFalse();
    assertThat(loader.resources("META-INF/MANIFEST.MF")).isEmpty();
  }

  @Test
  void refusesClassesWhoseBytesBearAnotherName() {
    byte[] bytes = Regions.bytes(KawelaPlugin.class, "KawelaTxRing");

    assertThatThrownBy(
            () ->
                LoadedPlugin.define(
                    "org.kawela.vf.KawelaPlugin", Map.of("org.kawela.vf.KawelaPlugin", bytes)))
        .isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void isUnloadedWithItsLoopWhenTheFunctionIsDropped() throws Exception {
    WeakReference<ClassLoader> loader = run();

    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
    }

    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> run() throws Exception {
    NpaPlugin plugin = Regions.load(KawelaPlugin.class).newInstance();
    PluginRig rig = PluginRig.ready(plugin);
    rig.send(3, 60);
    rig.poll();
    return new WeakReference<>(plugin.getClass().getClassLoader());
  }
}
