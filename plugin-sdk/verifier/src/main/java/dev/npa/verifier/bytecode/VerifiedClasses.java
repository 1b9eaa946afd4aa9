// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Classes that may be defined in a region: bytes that the gate itself wrote and verified again.
/// Only [BytecodeGate] makes one.
public final class VerifiedClasses {
  private final String entryClass;
  private final SortedMap<String, byte[]> classes;
  private final Report report;

  VerifiedClasses(String entryClass, SortedMap<String, byte[]> classes, Report report) {
    this.entryClass = entryClass;
    this.classes = new TreeMap<>(classes);
    this.report = report;
  }

  /// Internal name of the class that implements `NpaPlugin`.
  public String entryClass() {
    return entryClass;
  }

  /// Internal names of all classes to define, in order. One of them is the gate's own, the meter,
  /// if the plugin needs one.
  public Set<String> names() {
    return Collections.unmodifiableSet(classes.keySet());
  }

  /// A copy of a class's bytes.
  ///
  /// @throws IllegalArgumentException if `internalName` is not one of [#names]
  public byte[] bytes(String internalName) {
    if (!classes.containsKey(internalName)) {
      throw new IllegalArgumentException("no verified class " + internalName);
    }
    return classes.get(internalName).clone();
  }

  public Report report() {
    return report;
  }
}
