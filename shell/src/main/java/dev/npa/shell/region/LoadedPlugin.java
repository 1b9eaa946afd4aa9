// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import dev.npa.verifier.VerifiedPlugin;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A verified plugin in a region of its own; one per virtual function, so that two functions of one
/// vendor share nothing. Dropped with the function, and then unloaded.
public final class LoadedPlugin {
  private final Class<?> entryClass;

  private LoadedPlugin(Class<?> entryClass) {
    this.entryClass = entryClass;
  }

  /// Defines and links a verified plugin's classes; runs none of its code.
  ///
  /// @throws LinkageError if a class does not link
  public static LoadedPlugin load(VerifiedPlugin verified) {
    Map<String, byte[]> classes = new HashMap<>();
    for (String internalName : verified.classNames()) {
      classes.put(internalName.replace('/', '.'), verified.bytes(internalName));
    }
    return define(verified.entryClass().replace('/', '.'), classes);
  }

  /// @param classes class files by binary name; vouched for by the caller
  static LoadedPlugin define(String entryClass, Map<String, byte[]> classes) {
    RegionLoader loader = new RegionLoader("npa-region", NpaPlugin.class.getClassLoader(), classes);
    Set<String> packages =
        classes.keySet().stream().map(LoadedPlugin::packageOf).collect(Collectors.toSet());
    RegionModule.define(loader, packages, packageOf(entryClass));
    EagerLinks links = new EagerLinks(loader);
    classes.forEach(links::link);
    try {
      return new LoadedPlugin(Class.forName(entryClass, false, loader));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the entry class is missing: " + entryClass, e);
    }
  }

  private static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  /// Runs the plugin's constructor.
  ///
  /// @throws InvocationTargetException if the constructor threw: a fault; the cause is the plugin's
  ///   and nothing of it may be called
  public NpaPlugin newInstance() throws InvocationTargetException {
    try {
      return (NpaPlugin) entryClass.getConstructor().newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(
          "the gate let an entry class pass that has no constructor", e);
    }
  }
}
