// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.signature.PackageSignatures;
import dev.npa.verifier.signature.SignatureBlock;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Bytes that a trusted vendor signed as a whole. First link of the trust chain: nothing has looked
/// inside the archive yet.
///
/// Holds its own copy of the bytes, taken before the first check, so that whoever can write to the
/// source cannot change what was checked.
public final class SignedPlugin {

  private static final Location PACKAGE = new Location.Package("package");

  private final byte[] bytes;
  private final int signedLength;
  private final String contentId;
  private final PackageSignatures signatures;
  private final Trust trust;
  private final Instant checkedAt;

  private SignedPlugin(
      byte[] bytes,
      int signedLength,
      String contentId,
      PackageSignatures signatures,
      Trust trust,
      Instant checkedAt) {
    this.bytes = bytes;
    this.signedLength = signedLength;
    this.contentId = contentId;
    this.signatures = signatures;
    this.trust = trust;
    this.checkedAt = checkedAt;
  }

  /// Checks the signature block at the end of the package against everything before it, with the
  /// platform's roots alone.
  public static Verdict<SignedPlugin> check(byte[] packageBytes, TrustAnchors anchors, Instant at) {
    return check(packageBytes, Trust.of(anchors), at);
  }

  /// Checks the signature block at the end of the package against everything before it, then
  /// whether the trust bundle and the policy let the package pass.
  ///
  /// Refuses, and never throws, whatever the bytes. Any thread.
  ///
  /// @param at the time at which certificates must be valid; whose clock it is, is the caller's
  ///   decision
  public static Verdict<SignedPlugin> check(byte[] packageBytes, Trust trust, Instant at) {
    if (packageBytes.length > PackageFormat.MAX_PACKAGE_BYTES) {
      return Verdict.refused(tooLarge(packageBytes.length));
    }
    Optional<Refusal> objection = trust.objection(at);
    if (objection.isPresent()) {
      return Verdict.refused(objection.get());
    }
    byte[] copy = packageBytes.clone();
    return Undecided.refuse(
        RuleId.S018_CMS_PROFILE, PACKAGE, () -> Verdict.accepted(verify(copy, trust, at)));
  }

  private static SignedPlugin verify(byte[] bytes, Trust trust, Instant at) throws RuleBroken {
    SignatureBlock block = SignatureBlock.find(bytes);
    MessageDigest sha384 = Jca.sha384();
    sha384.update(bytes, 0, block.signedLength());
    byte[] digest = sha384.digest();
    String contentId = HexFormat.of().formatHex(digest);
    SignerCheck.Content whole = SignerCheck.Content.of(bytes, block.signedLength());
    SignerCheck.Content content =
        algorithm -> algorithm == SignatureAlgorithm.EC_P384 ? digest : whole.digest(algorithm);
    PackageSignatures signatures = PackageSignatures.verify(block, content, contentId, trust, at);
    return new SignedPlugin(bytes, block.signedLength(), contentId, signatures, trust, at);
  }

  /// SHA-384 of the signed range in lower-case hex: the package's name in logs, caches, deny-lists.
  public String contentId() {
    return contentId;
  }

  /// Subject of the vendor's certificate, RFC 2253, fit for a log line.
  public String signerName() {
    return signatures.signatures().stream()
        .filter(signature -> signature.binding().role() == PluginBinding.Role.ORIGIN)
        .findFirst()
        .orElseThrow()
        .signer();
  }

  /// Every signature on the package, as found good.
  public List<PackageSignature> signatures() {
    return signatures.signatures();
  }

  /// What the signatures make of the package.
  public AcceptanceLevel level() {
    return signatures.level();
  }

  /// When the vendor says it signed; the latest time if it signed more than once.
  public Instant signingTime() {
    return signatures.signatures().stream()
        .filter(signature -> signature.binding().role() == PluginBinding.Role.ORIGIN)
        .map(PackageSignature::signingTime)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The time for which it was decided.
  public Instant checkedAt() {
    return checkedAt;
  }

  /// A copy of the whole package, as checked.
  public byte[] packageBytes() {
    return bytes.clone();
  }

  static Refusal tooLarge(int length) {
    return new Refusal(
        RuleId.P002_TOO_LARGE,
        PACKAGE,
        length + " > " + PackageFormat.MAX_PACKAGE_BYTES + " bytes",
        "make the plugin smaller");
  }

  /// What the signatures say they are for, and whose they are; for the next stage.
  PackageSignatures vouched() {
    return signatures;
  }

  /// Whose gate this is; for the next stages.
  Trust trust() {
    return trust;
  }

  /// The checked bytes themselves; only for the next stage, which reads.
  byte[] bytes() {
    return bytes;
  }

  /// Where the archive's end-of-directory record lies.
  int endOfDirectory() {
    return signedLength - ZipRecord.EOCD_COMMENT_LENGTH;
  }
}
