// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ArchiveContent;
import dev.npa.verifier.archive.EntryRules;
import dev.npa.verifier.stage.Undecided;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// A signed package whose archive is exactly what profile NPA-ZIP-1 allows, and whose manifest says
/// what the signature says. Second link of the trust chain.
public final class PluginArchive {

  private final SignedPlugin signed;
  private final SequencedMap<String, byte[]> entries;
  private final PluginManifest manifest;

  private PluginArchive(SignedPlugin signed, ArchiveContent content) {
    this.signed = signed;
    this.entries = content.entries();
    this.manifest = content.manifest();
  }

  /// Reads the archive, all of it, from the bytes that were signed. Never throws, whatever they
  /// are.
  public static Verdict<PluginArchive> read(SignedPlugin signed) {
    return Undecided.refuse(
        RuleId.P001_NOT_A_PACKAGE,
        new Location.Package("package"),
        () ->
            ArchiveContent.read(signed.bytes(), signed.endOfDirectory())
                .then(content -> bind(signed, content)));
  }

  private static Verdict<PluginArchive> bind(SignedPlugin signed, ArchiveContent content) {
    PluginBinding signedFor = signed.binding();
    PluginBinding found = content.manifest().binding(signedFor.role());
    if (!found.equals(signedFor)) {
      return Verdict.refused(
          new Refusal(
              RuleId.P015_BINDING_MISMATCH,
              new Location.Entry(PackageFormat.MANIFEST),
              "manifest: " + describe(found) + ", signature: " + describe(signedFor),
              "get the package again from the vendor"));
    }
    return Verdict.accepted(new PluginArchive(signed, content));
  }

  private static String describe(PluginBinding binding) {
    return Printable.text(
        binding.pluginId() + "/" + binding.version() + "/generation=" + binding.generation());
  }

  public SignedPlugin signed() {
    return signed;
  }

  public PluginManifest manifest() {
    return manifest;
  }

  /// Every entry, the manifest first.
  public List<String> entryNames() {
    return List.copyOf(entries.keySet());
  }

  /// A copy of one entry.
  ///
  /// @throws IllegalArgumentException if there is no such entry
  public byte[] bytes(String entryName) {
    byte[] content = entries.get(entryName);
    if (content == null) {
      throw new IllegalArgumentException("no entry " + entryName);
    }
    return content.clone();
  }

  /// The checked entries themselves; only for the next stage, which reads.
  SequencedMap<String, byte[]> entries() {
    return entries;
  }

  /// The class files by internal name, `a/b/Plugin`; copies.
  SortedMap<String, byte[]> classes() {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    entries.forEach(
        (name, content) -> {
          if (EntryRules.isClass(name)) {
            classes.put(name.substring(0, name.length() - ".class".length()), content.clone());
          }
        });
    return classes;
  }
}
