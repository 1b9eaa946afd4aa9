// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The classes under verification, by name, with the one the shell makes an instance of.
public final class Plugin {
  private final String entryName;
  private final Set<String> names;
  private final SortedMap<String, PluginClass> classes;
  private final Map<String, PluginClass> byName;
  private final List<PluginMethod> methods = new ArrayList<>();

  /// @param names every name in the package, those of unreadable classes included: a reference to
  ///   one of them is not a second fault
  Plugin(String entryName, Set<String> names, SortedMap<String, PluginClass> classes) {
    this.entryName = entryName;
    this.names = Set.copyOf(names);
    this.classes = classes;
    this.byName = new HashMap<>(classes);
    for (PluginClass c : classes.values()) {
      methods.addAll(c.methods());
    }
  }

  public String entryName() {
    return entryName;
  }

  /// Readable classes in the order of their names.
  public Collection<PluginClass> classes() {
    return classes.values();
  }

  public boolean owns(String className) {
    return names.contains(className);
  }

  public Optional<PluginClass> find(String className) {
    return Optional.ofNullable(byName.get(className));
  }

  public Stream<PluginMethod> methods() {
    return methods.stream();
  }

  public Optional<PluginMethod> method(String owner, String name, String descriptor) {
    PluginClass declaring = byName.get(owner);
    return declaring == null ? Optional.empty() : declaring.method(name, descriptor);
  }

  public List<PluginMethod> methodList() {
    return Collections.unmodifiableList(methods);
  }
}
