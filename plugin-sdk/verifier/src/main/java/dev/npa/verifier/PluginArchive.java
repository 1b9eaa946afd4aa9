// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ArchiveContent;
import dev.npa.verifier.archive.EntryRules;
import dev.npa.verifier.signature.PackageSignatures;
import dev.npa.verifier.stage.Undecided;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// A signed package whose archive is exactly what profile NPA-ZIP-1 allows, and whose manifest says
/// what the signature says. Second link of the trust chain.
public final class PluginArchive {

  private static final Location MANIFEST = new Location.Entry(PackageFormat.MANIFEST);

  private final SignedPlugin signed;
  private final ArchiveContent content;

  private PluginArchive(SignedPlugin signed, ArchiveContent content) {
    this.signed = signed;
    this.content = content;
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

  /// Archive and signatures say the same, and the signers may sign this.
  private static Verdict<PluginArchive> bind(SignedPlugin signed, ArchiveContent content) {
    PackageSignatures vouched = signed.vouched();
    List<Refusal> refusals = new ArrayList<>();
    PluginBinding found = content.manifest().originBinding();
    if (!found.isAbout(vouched.binding())) {
      refusals.add(
          new Refusal(
              RuleId.P015_BINDING_MISMATCH,
              MANIFEST,
              "manifest: " + describe(found) + ", signature: " + describe(vouched.binding()),
              "get the package again from the vendor"));
    }
    if (!content.promised().equals(vouched.originAlgorithms())) {
      refusals.add(
          new Refusal(
              RuleId.S019_STRIPPED,
              new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.SIGNATURE),
              "promises " + content.promised() + ", there are " + vouched.originAlgorithms(),
              "get the package again from the vendor; do not sign it again yourself"));
    }
    PluginArchive archive = new PluginArchive(signed, content);
    refusals.addAll(HolderLimits.check(archive, vouched.holders()));
    archive.denial().ifPresent(refusals::add);
    content.checkJarSignature(vouched.origin()).ifPresent(refusals::add);
    return refusals.isEmpty() ? Verdict.accepted(archive) : new Verdict.Refused<>(refusals);
  }

  private Optional<Refusal> denial() {
    return signed
        .trust()
        .denialOf(payloadId())
        .map(
            reason ->
                new Refusal(
                    RuleId.T007_DENIED,
                    new Location.Package("payload " + payloadId()),
                    reason,
                    "get another version"));
  }

  private static String describe(PluginBinding binding) {
    return Printable.text(
        binding.pluginId() + "/" + binding.version() + "/generation=" + binding.generation());
  }

  public SignedPlugin signed() {
    return signed;
  }

  public PluginManifest manifest() {
    return content.manifest();
  }

  /// SHA-384 of the manifest in lower-case hex: what was built, whoever signed it.
  public String payloadId() {
    return content.payloadId();
  }

  /// Every entry, the manifest first.
  public List<String> entryNames() {
    return List.copyOf(content.entries().keySet());
  }

  /// A copy of one entry.
  ///
  /// @throws IllegalArgumentException if there is no such entry
  public byte[] bytes(String entryName) {
    return content.bytes(entryName);
  }

  /// The checked entries themselves; only for the next stage, which reads.
  SequencedMap<String, byte[]> entries() {
    return content.entries();
  }

  /// The class files by internal name, `a/b/Plugin`; copies.
  SortedMap<String, byte[]> classes() {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    content
        .entries()
        .forEach(
            (name, bytes) -> {
              if (EntryRules.isClass(name)) {
                classes.put(name.substring(0, name.length() - ".class".length()), bytes.clone());
              }
            });
    return classes;
  }
}
