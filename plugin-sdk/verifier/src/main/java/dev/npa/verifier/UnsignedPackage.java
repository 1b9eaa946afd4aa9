// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ArchiveContent;
import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A package before it is signed: well-formed, and worth nothing to a shell.
///
/// Not part of the trust chain. The signer reads with it, so that it signs nothing the gate would
/// not be able to read.
public final class UnsignedPackage {

  private static final Location PACKAGE = new Location.Package("package");

  private final ArchiveContent content;

  private UnsignedPackage(ArchiveContent content) {
    this.content = content;
  }

  /// Checks archive and manifest exactly as {@link PluginArchive} does. Never throws, whatever the
  /// bytes.
  public static Verdict<UnsignedPackage> read(byte[] bytes) {
    if (bytes.length > PackageFormat.MAX_PACKAGE_BYTES) {
      return Verdict.refused(SignedPlugin.tooLarge(bytes.length));
    }
    return Undecided.refuse(RuleId.P001_NOT_A_PACKAGE, PACKAGE, () -> readArchive(bytes));
  }

  private static Verdict<UnsignedPackage> readArchive(byte[] bytes) throws RuleBroken {
    int end = bytes.length - ZipRecord.EOCD_BYTES;
    if (end < 0 || ZipRecord.u16(bytes, end + ZipRecord.EOCD_COMMENT_LENGTH) != 0) {
      throw new RuleBroken(
          RuleId.P001_NOT_A_PACKAGE,
          PACKAGE,
          "does not end in an end-of-directory record without comment",
          "build the package again");
    }
    return ArchiveContent.read(bytes, end).then(UnsignedPackage::withoutJarSignature);
  }

  private static Verdict<UnsignedPackage> withoutJarSignature(ArchiveContent content) {
    return content
        .checkJarSignature(Optional.empty())
        .<Verdict<UnsignedPackage>>map(Verdict::refused)
        .orElseGet(() -> Verdict.accepted(new UnsignedPackage(content)));
  }

  public PluginManifest manifest() {
    return content.manifest();
  }

  /// The algorithms of the signatures that the manifest promises.
  public Set<SignatureAlgorithm> promised() {
    return content.promised();
  }

  /// See {@link PluginArchive#payloadId()}.
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
}
