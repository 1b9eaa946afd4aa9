// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The classes under verification, by name, with the one the shell makes an instance of.
public final class Plugin {
  private final String entryName;
  private final Set<String> names;
  private final SortedMap<String, PluginClass> classes;

  /// @param names every name in the package, those of unreadable classes included: a reference to
  ///   one of them is not a second fault
  Plugin(String entryName, Set<String> names, SortedMap<String, PluginClass> classes) {
    this.entryName = entryName;
    this.names = Set.copyOf(names);
    this.classes = classes;
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
    return Optional.ofNullable(classes.get(className));
  }

  public Stream<PluginMethod> methods() {
    return classes.values().stream().flatMap(c -> c.methods().stream());
  }

  public Optional<PluginMethod> method(String owner, String name, String descriptor) {
    return find(owner).flatMap(c -> c.method(name, descriptor));
  }

  public List<PluginMethod> methodList() {
    return methods().toList();
  }
}
