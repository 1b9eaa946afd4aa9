// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.archive.ZipReader.Entry;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.stage.RuleBroken;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What a well-formed archive holds, whoever signed it: entries in order, and the manifest that
/// lists them all by digest.
///
/// @param promised the signatures that the manifest says the vendor makes
public record ArchiveContent(
    SequencedMap<String, byte[]> entries,
    PluginManifest manifest,
    Set<SignatureAlgorithm> promised) {

  /// @param endOfDirectory where the end-of-directory record must lie
  public static Verdict<ArchiveContent> read(byte[] bytes, int endOfDirectory) throws RuleBroken {
    List<Entry> list = ZipReader.read(bytes, endOfDirectory);
    List<Refusal> refusals = EntryRules.check(list);
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    for (Entry entry : list) {
      entries.put(entry.name(), entry.content());
    }
    if (!entries.containsKey(PackageFormat.MANIFEST)) {
      throw new RuleBroken(
          RuleId.P011_MANIFEST_SYNTAX,
          new Location.Entry(PackageFormat.MANIFEST),
          "missing",
          "build the package with this project's tool");
    }
    ManifestParser text;
    try {
      text = ManifestParser.parse(entries.get(PackageFormat.MANIFEST));
    } catch (RuleBroken e) {
      refusals.add(e.refusal());
      return new Verdict.Refused<>(refusals);
    }
    PluginManifest manifest = ManifestValues.read(text.main(), refusals);
    String promise = text.main().getOrDefault(PackageFormat.SIGNATURE, "");
    checkDigests(entries, text.digests(), refusals);
    if (!entries.containsKey(manifest.entryClassInternalName() + ".class")) {
      refusals.add(
          new Refusal(
              RuleId.P016_ENTRY_CLASS,
              new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.PLUGIN_CLASS),
              manifest.entryClass() + " is not in the package",
              "name the class that implements the plugin"));
    }
    return refusals.isEmpty()
        ? Verdict.accepted(
            new ArchiveContent(entries, manifest, SignaturePromise.read(promise).orElseThrow()))
        : new Verdict.Refused<>(refusals);
  }

  /// SHA-384 of the manifest in lower-case hex: what was built, whoever signed it. Signatures are
  /// not in it, so an independent build of the same source has the same one.
  public String payloadId() {
    return HexFormat.of().formatHex(Jca.sha384().digest(entries.get(PackageFormat.MANIFEST)));
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

  /// The ordinary JAR signature, of which only other tools take notice.
  ///
  /// @param origin certificate path of the P-384 signature on the package, if it has one
  public Optional<Refusal> checkJarSignature(Optional<List<X509Certificate>> origin) {
    return JarSignature.check(entries, origin);
  }

  private static void checkDigests(
      Map<String, byte[]> entries, Map<String, String> digests, List<Refusal> refusals) {
    List<String> unlisted = new ArrayList<>(entries.keySet());
    unlisted.remove(PackageFormat.MANIFEST);
    unlisted.remove(PackageFormat.JAR_SIGNATURE_FILE);
    unlisted.remove(PackageFormat.JAR_SIGNATURE_BLOCK);
    digests.forEach(
        (name, digest) -> {
          if (!unlisted.remove(name)) {
            refusals.add(digestRefusal(name, "listed, but not in the package"));
          } else if (!digest.equals(digest(entries.get(name)))) {
            refusals.add(digestRefusal(name, "its SHA-384 is not the listed one"));
          }
        });
    List<String> listed = new ArrayList<>(digests.keySet());
    listed.retainAll(entries.keySet());
    List<String> inOrder = new ArrayList<>(entries.keySet());
    inOrder.retainAll(digests.keySet());
    if (!inOrder.equals(listed)) {
      refusals.add(digestRefusal(PackageFormat.MANIFEST, "lists the entries in another order"));
    }
    for (String name : unlisted) {
      refusals.add(digestRefusal(name, "not listed in the manifest"));
    }
  }

  private static String digest(byte[] content) {
    return Base64.getEncoder().encodeToString(Jca.sha384().digest(content));
  }

  private static Refusal digestRefusal(String name, String detail) {
    return new Refusal(
        RuleId.P014_ENTRY_DIGEST,
        new Location.Entry(Printable.text(name)),
        detail,
        "build the package with this project's tool");
  }
}
