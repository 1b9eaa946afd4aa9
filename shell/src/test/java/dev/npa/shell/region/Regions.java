// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.vmxnet3.Vmxnet3Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kawela.vf.KawelaPlugin;

/// Loads classes of the test's class path into a region, past the gate.
public final class Regions {
  private Regions() {}

  /// A plugin of one class, or Kawela's.
  public static LoadedPlugin load(Class<? extends NpaPlugin> entryClass) {
    return LoadedPlugin.define(entryClass.getName(), classes(entryClass));
  }

  static Map<String, byte[]> classes(Class<? extends NpaPlugin> entryClass) {
    Map<String, byte[]> classes = new HashMap<>();
    classes.put(entryClass.getName(), bytes(entryClass, entryClass.getName()));
    if (entryClass == KawelaPlugin.class) {
      for (String name : List.of("KawelaTxRing", "KawelaRxRing", "KawelaRegisters")) {
        classes.put("org.kawela.vf." + name, bytes(entryClass, name));
      }
    }
    if (entryClass == Vmxnet3Plugin.class) {
      for (String name :
          List.of("Vmxnet3TxRing", "Vmxnet3RxRing", "Vmxnet3CommandRing", "Vmxnet3RingLayout")) {
        classes.put("dev.npa.shell.vmxnet3." + name, bytes(entryClass, name));
      }
    }
    return classes;
  }

  static byte[] bytes(Class<?> near, String name) {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream stream = near.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no class file of " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
