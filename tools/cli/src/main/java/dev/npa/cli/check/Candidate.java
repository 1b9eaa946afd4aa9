// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.verifier.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What `npa check` was pointed at.
///
/// @param classes internal name to class file
/// @param entryClass internal name of the entry class, if a manifest names one
/// @param structure what is wrong with the package around the classes
/// @param leftOut files of a JAR or directory that no gate has looked at; of a package the gate for
///   packages looks at all
record Candidate(
    Path path,
    Kind kind,
    SortedMap<String, byte[]> classes,
    Optional<String> entryClass,
    List<Refusal> structure,
    List<String> leftOut) {

  enum Kind {
    DIRECTORY("directory of classes"),
    JAR("plain JAR, not a package yet"),
    PACKAGE("package, signature not checked");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
