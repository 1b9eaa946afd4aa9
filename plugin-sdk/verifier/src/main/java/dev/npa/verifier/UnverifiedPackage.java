// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ArchiveContent;
import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.signature.SignatureBlock;
import dev.npa.verifier.signature.SignatureClaims;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// A package, signed or not, that nobody has verified: what it says about itself, for whoever wants
/// to look at it. No signature is checked; nothing here may be believed.
///
/// Not part of the trust chain: no stage of the gate takes one.
public final class UnverifiedPackage {

  private static final Location PACKAGE = new Location.Package("package");

  private final ArchiveContent content;
  private final Optional<SignatureBlock> block;
  private final List<SignatureClaim> claims;
  private final String contentId;

  private UnverifiedPackage(
      ArchiveContent content,
      Optional<SignatureBlock> block,
      List<SignatureClaim> claims,
      String contentId) {
    this.content = content;
    this.block = block;
    this.claims = claims;
    this.contentId = contentId;
  }

  /// Reads archive, manifest and signature block as the gate does, but believes everybody. Never
  /// throws, whatever the bytes.
  public static Verdict<UnverifiedPackage> read(byte[] packageBytes) {
    if (packageBytes.length > PackageFormat.MAX_PACKAGE_BYTES) {
      return Verdict.refused(SignedPlugin.tooLarge(packageBytes.length));
    }
    byte[] copy = packageBytes.clone();
    return Undecided.refuse(RuleId.P001_NOT_A_PACKAGE, PACKAGE, () -> readAll(copy));
  }

  private static Verdict<UnverifiedPackage> readAll(byte[] bytes) throws RuleBroken {
    int unsignedEnd = bytes.length - ZipRecord.EOCD_BYTES;
    if (unsignedEnd >= 0
        && ZipRecord.u32(bytes, unsignedEnd) == ZipRecord.EOCD_MAGIC
        && ZipRecord.u16(bytes, unsignedEnd + ZipRecord.EOCD_COMMENT_LENGTH) == 0) {
      return read(bytes, unsignedEnd, Optional.empty(), List.of());
    }
    if (!SignatureBlock.isThere(bytes)) {
      throw new RuleBroken(
          RuleId.P001_NOT_A_PACKAGE,
          PACKAGE,
          "ends neither as an unsigned package nor as a signed one",
          "look whether the file was cut short, or build the package with npa build");
    }
    SignatureBlock block = SignatureBlock.find(bytes);
    CmsSignedData data = CmsSignedData.parse(block.cms(), CmsSignedData.Kind.DETACHED);
    return read(
        bytes,
        block.signedLength() - ZipRecord.EOCD_COMMENT_LENGTH,
        Optional.of(block),
        SignatureClaims.read(data));
  }

  private static Verdict<UnverifiedPackage> read(
      byte[] bytes, int end, Optional<SignatureBlock> block, List<SignatureClaim> claims)
      throws RuleBroken {
    MessageDigest sha384 = Jca.sha384();
    sha384.update(bytes, 0, end + ZipRecord.EOCD_COMMENT_LENGTH);
    String contentId = HexFormat.of().formatHex(sha384.digest());
    return ArchiveContent.read(bytes, end)
        .then(
            content -> Verdict.accepted(new UnverifiedPackage(content, block, claims, contentId)));
  }

  public PluginManifest manifest() {
    return content.manifest();
  }

  /// The algorithms of the signatures that the manifest promises.
  public Set<SignatureAlgorithm> promised() {
    return content.promised();
  }

  /// Copies of all entries, the manifest first.
  public SequencedMap<String, byte[]> entries() {
    SequencedMap<String, byte[]> copies = new LinkedHashMap<>();
    content.entries().forEach((name, bytes) -> copies.put(name, bytes.clone()));
    return copies;
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

  /// What each signature says; empty if the package is unsigned.
  public List<SignatureClaim> claims() {
    return claims;
  }

  /// The CMS block, DER; empty if the package is unsigned.
  public Optional<byte[]> signatureBlock() {
    return block.map(found -> Arrays.copyOf(found.cms(), found.cms().length));
  }

  /// See {@link SignedPlugin#contentId()}; of an unsigned package too, though signing changes it.
  public String contentId() {
    return contentId;
  }

  /// See {@link PluginArchive#payloadId()}.
  public String payloadId() {
    return content.payloadId();
  }
}
