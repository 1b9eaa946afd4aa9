// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.UsageException;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Finds the entry class where no manifest names one: the class that implements `NpaPlugin`.
final class EntryClassSearch {
  private static final String PLUGIN = "dev/npa/plugin/NpaPlugin";

  private EntryClassSearch() {}

  /// Internal name of the entry class, or nothing if there is none.
  ///
  /// @throws UsageException if there are several
  static String in(SortedMap<String, byte[]> classes) {
    List<String> found =
        classes.entrySet().stream()
            .filter(c -> isPlugin(c.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (found.size() > 1) {
      throw new UsageException(
          "several classes implement NpaPlugin: "
              + String.join(", ", found).replace('/', '.')
              + "; name one with --entry");
    }
    return found.isEmpty() ? "" : found.getFirst();
  }

  private static boolean isPlugin(byte[] bytes) {
    try {
      return ClassFile.of().parse(bytes).interfaces().stream()
          .anyMatch(name -> name.asInternalName().equals(PLUGIN));
    } catch (RuntimeException unreadable) {
      return false; // the gate says so, and why
    }
  }
}
