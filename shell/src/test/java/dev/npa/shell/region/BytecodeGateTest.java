// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.plugin.FuelExhausted;
import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.datapath.PluginRig;
import dev.npa.shell.vmxnet3.Vmxnet3Plugin;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.kawela.vf.KawelaPlugin;

/// The plugins of this repository go through the gate that strangers' go through.
final class BytecodeGateTest {

  @Test
  void acceptsKawelaAndItStillSendsAndReceives() throws Exception {
    VerifiedClasses verified = verify(classes(KawelaPlugin.class));

    PluginRig rig = PluginRig.ready(load(verified).newInstance());

    assertThat(rig.send(3, 100)).isEqualTo(3);
    rig.write32(PluginRig.TX_RING + 2 * 16 + 12, 1);
    assertThat(rig.poll()).isEqualTo(3);
  }

  /// The meter throws before the array is made: it gives the length that is made.
  @Test
  void stopsSetUpBeforeItAllocatesMoreThanItMay() {
    SortedMap<String, byte[]> renamed = new TreeMap<>();
    classes(HoardingPlugin.class)
        .forEach((name, bytes) -> renamed.put(rename(name), latin1(rename(latin1(bytes)))));
    LoadedPlugin loaded = load(verify(renamed));

    assertThatThrownBy(loaded::newInstance).hasRootCauseInstanceOf(FuelExhausted.class);
  }

  @Test
  void acceptsTheBuiltInPlugin() {
    // The gate reserves dev.npa: the classes go through it under a name of equal length.
    SortedMap<String, byte[]> renamed = new TreeMap<>();
    classes(Vmxnet3Plugin.class)
        .forEach((name, bytes) -> renamed.put(rename(name), latin1(rename(latin1(bytes)))));

    VerifiedClasses verified = verify(renamed);

    assertThat(verified.names()).contains("org/npa/shell/vmxnet3/Vmxnet3Plugin");
  }

  private static String rename(String text) {
    return text.replace("dev/npa/shell/", "org/npa/shell/");
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static SortedMap<String, byte[]> classes(Class<? extends NpaPlugin> entryClass) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    Regions.classes(entryClass)
        .forEach((name, bytes) -> classes.put(name.replace('.', '/'), bytes));
    return classes;
  }

  private static VerifiedClasses verify(SortedMap<String, byte[]> classes) {
    String entry =
        classes.keySet().stream().filter(name -> name.endsWith("Plugin")).findFirst().orElseThrow();
    return switch (BytecodeGate.verify(classes, entry)) {
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses accepted) -> accepted;
      case Verdict.Refused<VerifiedClasses> refused ->
          throw new AssertionError(
              String.join("\n", refused.refusals().stream().map(Object::toString).toList()));
    };
  }

  private static LoadedPlugin load(VerifiedClasses verified) {
    Map<String, byte[]> classes = new HashMap<>();
    for (String name : verified.names()) {
      classes.put(name.replace('/', '.'), verified.bytes(name));
    }
    return LoadedPlugin.define(verified.entryClass().replace('/', '.'), classes);
  }
}
