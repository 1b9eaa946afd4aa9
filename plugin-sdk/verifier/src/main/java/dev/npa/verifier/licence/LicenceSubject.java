// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.PluginManifest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the licence stage looks at: a package's entries, whoever signed them.
///
/// @param entries by name; the arrays are read, never changed
/// @param ownPrefix Java package that the signer may sign, `a.b`
/// @param signedAt from when a written offer counts
/// @param decidedAt when it must still stand
public record LicenceSubject(
    PluginManifest manifest,
    SequencedMap<String, byte[]> entries,
    String ownPrefix,
    Instant signedAt,
    Instant decidedAt) {

  private static final String CLASS = ".class";

  public LicenceSubject {
    entries = new LinkedHashMap<>(entries);
  }

  /// A package whose signer is known only by what it signed: it owns the entry class's package.
  public static LicenceSubject of(
      PluginManifest manifest,
      SequencedMap<String, byte[]> entries,
      Instant signedAt,
      Instant decidedAt) {
    String entryClass = manifest.entryClass();
    String prefix = entryClass.substring(0, Math.max(0, entryClass.lastIndexOf('.')));
    return new LicenceSubject(manifest, entries, prefix, signedAt, decidedAt);
  }

  /// Internal names, `a/b/C`.
  public SortedSet<String> classNames() {
    SortedSet<String> names = new TreeSet<>();
    for (String entry : entries.keySet()) {
      if (entry.endsWith(CLASS)) {
        names.add(entry.substring(0, entry.length() - CLASS.length()));
      }
    }
    return names;
  }
}
