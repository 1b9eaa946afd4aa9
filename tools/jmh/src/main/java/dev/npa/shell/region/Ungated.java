// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import java.lang.reflect.Constructor;
import java.util.Map;

/// Plugins past the gate, for comparison with those that went through it. Only on the class path,
/// and so never in the product.
public final class Ungated {
  private Ungated() {}

  /// A region with classes as the compiler left them.
  public static LoadedPlugin raw(String entryClass, Map<String, byte[]> classes) {
    return LoadedPlugin.define(entryClass, classes);
  }

  /// A class of the application in place of a region's.
  public static LoadedPlugin of(Class<? extends NpaPlugin> entryClass) {
    try {
      Constructor<LoadedPlugin> constructor =
          LoadedPlugin.class.getDeclaredConstructor(Class.class);
      constructor.setAccessible(true);
      return constructor.newInstance(entryClass);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("LoadedPlugin has changed", e);
    }
  }
}
