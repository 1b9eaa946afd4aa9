// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.signature.SignatureBlock;
import dev.npa.verifier.signature.SignerCheck;
import dev.npa.verifier.signature.SignerCheck.Signer;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import dev.npa.verifier.trust.TrustAnchors;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.cms.SignerInfo;

/// Bytes that a trusted vendor signed as a whole. First link of the trust chain: nothing has looked
/// inside the archive yet.
///
/// Holds its own copy of the bytes, taken before the first check, so that whoever can write to the
/// source cannot change what was checked.
public final class SignedPlugin {

  private static final Location PACKAGE = new Location.Package("package");

  private final byte[] bytes;
  private final int signedLength;
  private final byte[] contentDigest;
  private final Signer origin;

  private SignedPlugin(byte[] bytes, int signedLength, byte[] contentDigest, Signer origin) {
    this.bytes = bytes;
    this.signedLength = signedLength;
    this.contentDigest = contentDigest;
    this.origin = origin;
  }

  /// Checks the signature block at the end of the package against everything before it.
  ///
  /// Refuses, and never throws, whatever the bytes. Any thread.
  ///
  /// @param at the time at which certificates must be valid; whose clock it is, is the caller's
  ///   decision
  public static Verdict<SignedPlugin> check(byte[] packageBytes, TrustAnchors anchors, Instant at) {
    if (packageBytes.length > PackageFormat.MAX_PACKAGE_BYTES) {
      return Verdict.refused(tooLarge(packageBytes.length));
    }
    byte[] copy = packageBytes.clone();
    return Undecided.refuse(
        RuleId.S018_CMS_PROFILE, PACKAGE, () -> Verdict.accepted(verify(copy, anchors, at)));
  }

  private static SignedPlugin verify(byte[] bytes, TrustAnchors anchors, Instant at)
      throws RuleBroken {
    SignatureBlock block = SignatureBlock.find(bytes);
    MessageDigest sha384 = Jca.sha384();
    sha384.update(bytes, 0, block.signedLength());
    byte[] digest = sha384.digest();
    CmsSignedData data = CmsSignedData.parse(block.cms());
    List<Signer> signers = new ArrayList<>();
    for (SignerInfo info : data.signers()) {
      signers.add(new SignerCheck(info, data).verify(digest, anchors, at));
    }
    return new SignedPlugin(bytes, block.signedLength(), digest, onlyOrigin(signers));
  }

  /// Every signature holds; now exactly the set that the policy wants must be there.
  private static Signer onlyOrigin(List<Signer> signers) throws RuleBroken {
    List<PluginBinding.Role> roles = signers.stream().map(s -> s.binding().role()).toList();
    if (!roles.equals(List.of(PluginBinding.Role.ORIGIN))) {
      throw new RuleBroken(
          RuleId.S007_SIGNATURE_SET,
          new Location.Package("signature block"),
          "roles " + roles + ", wanted one ORIGIN",
          "have the vendor alone sign the package");
    }
    return signers.getFirst();
  }

  /// SHA-384 of the signed range in lower-case hex: the package's name in logs, caches, deny-lists.
  public String contentId() {
    return HexFormat.of().formatHex(contentDigest);
  }

  /// Subject of the vendor's certificate, RFC 2253, fit for a log line.
  public String signerName() {
    return Printable.text(origin.certificate().getSubjectX500Principal().getName());
  }

  /// When the vendor says it signed.
  public Instant signingTime() {
    return origin.signingTime();
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

  /// What the vendor's signature says it is for.
  PluginBinding binding() {
    return origin.binding();
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
