// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Defines one plugin's classes and answers for every name they use.
///
/// It has no parent: what is not on the list does not exist here. It serves no resources. A plugin
/// has no way to name a loader; these are the second line behind the bytecode gate.
final class RegionLoader extends ClassLoader {
  /// Types of the contract, and what the verifier inserts.
  private static final String CONTRACT = "dev.npa.plugin.";

  private static final Set<String> CONTRACT_TYPES =
      Set.of(
          "DmaRegion",
          "FuelExhausted",
          "MmioRegion",
          "NpaPlugin",
          "PluginState",
          "RecvFrame",
          "RxQueue",
          "RxQueueHandle",
          "SendInfo",
          "SgList",
          "ShellApi",
          "TxQueue",
          "TxQueueHandle");

  /// What else verified code names: see the allow-list of the bytecode gate. Throwable is not on
  /// that list; the JVM asks for it when it checks that what the meter throws can be thrown.
  private static final Set<String> JDK_TYPES =
      Set.of(
          "java.lang.Object",
          "java.lang.String",
          "java.lang.Math",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Throwable");

  private final ClassLoader contract;
  private final Map<String, byte[]> classes;

  /// @param contract loader of `dev.npa.plugin`
  /// @param classes class files by binary name
  RegionLoader(String name, ClassLoader contract, Map<String, byte[]> classes) {
    super(name, null);
    this.contract = contract;
    this.classes = new HashMap<>(classes);
  }

  static boolean isShared(String name) {
    return JDK_TYPES.contains(name)
        || (name.startsWith(CONTRACT)
            && CONTRACT_TYPES.contains(name.substring(CONTRACT.length())));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      // Own names first: a plugin can not have one of the shared names, the gate sees to that.
      byte[] bytes = classes.remove(name);
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
      if (isShared(name)) {
        return contract.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /// Called by the JVM's module machinery.
  @Override
  protected Class<?> findClass(String moduleName, String name) {
    try {
      return loadClass(name, false);
    } catch (ClassNotFoundException e) {
      return null; // What the overridden method asks for.
    }
  }

  @Override
  public URL getResource(String name) {
    return null;
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }

  @Override
  public Stream<URL> resources(String name) {
    return Stream.empty();
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    return null;
  }
}
