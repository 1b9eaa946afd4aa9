// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ArchiveContent;
import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import java.util.SequencedMap;

/// A package before it is signed: well-formed, and worth nothing to a shell.
///
/// Not part of the trust chain. The signer reads with it, so that it signs nothing the gate would
/// not be able to read.
public record UnsignedPackage(PluginManifest manifest, SequencedMap<String, byte[]> entries) {

  private static final Location PACKAGE = new Location.Package("package");

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
    return ArchiveContent.read(bytes, end)
        .then(
            content ->
                Verdict.accepted(new UnsignedPackage(content.manifest(), content.entries())));
  }
}
