// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.CertificatePurpose;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.SignedAttributes;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.stage.Undecided;
import dev.npa.verifier.trust.BundleContents.Revocation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.cms.SignerInfo;

/// The platform's signed word on whom to believe, good without a network: CMS SignedData around
/// {@link BundleContents}. Only {@link #check} makes one, and never throws.
///
/// Time moves on and so does policy; the gate asks again at each package whether the bundle is
/// still good ({@link RuleId#T005_BUNDLE_EXPIRED}, {@link RuleId#T004_BUNDLE_ROLLBACK}).
public final class TrustBundle {

  /// Roots, revocations and denials of a large platform stay far below.
  public static final int MAX_BYTES = 1 << 20;

  private static final Location BUNDLE = new Location.Package("trust bundle");
  private static final String GET = "get the platform's latest trust bundle";

  private final byte[] bytes;
  private final BundleContents contents;

  private TrustBundle(byte[] bytes, BundleContents contents) {
    this.bytes = bytes;
    this.contents = contents;
  }

  /// Checks a bundle that is the first, or was taken before.
  ///
  /// @param policy which algorithms must have signed, and the lowest serial number to take
  public static Verdict<TrustBundle> check(
      byte[] bundle, TrustAnchors anchors, TrustPolicy policy, Instant at) {
    return check(bundle, anchors, policy, Optional.empty(), at);
  }

  /// Checks a bundle's signatures, all of them, against the platform's roots as built in, then its
  /// serial number and dates.
  ///
  /// @param policy which algorithms must have signed, and the lowest serial number to take
  /// @param inForce what the bundle says that this one is to replace: a stolen key must not sign
  ///   the bundle that forgets its revocation, and two bundles must not share a serial number
  public static Verdict<TrustBundle> check(
      byte[] bundle,
      TrustAnchors anchors,
      TrustPolicy policy,
      Optional<BundleContents> inForce,
      Instant at) {
    if (bundle.length > MAX_BYTES) {
      return Verdict.refused(malformed(bundle.length + " > " + MAX_BYTES + " bytes").refusal());
    }
    byte[] copy = bundle.clone();
    return Undecided.refuse(
        RuleId.T001_BUNDLE_MALFORMED,
        BUNDLE,
        () -> Verdict.accepted(verify(copy, anchors, policy, inForce, at)));
  }

  /// What a bundle says that was taken before, whatever its dates are by now; its signatures are
  /// not looked at again.
  public static Verdict<BundleContents> contentsOf(byte[] takenBefore) {
    return Undecided.refuse(
        RuleId.T001_BUNDLE_MALFORMED, BUNDLE, () -> Verdict.accepted(contents(parse(takenBefore))));
  }

  private static TrustBundle verify(
      byte[] bytes,
      TrustAnchors anchors,
      TrustPolicy policy,
      Optional<BundleContents> inForce,
      Instant at)
      throws RuleBroken {
    CmsSignedData data = parse(bytes);
    Set<X509Certificate> signers;
    try {
      signers = requireSignatures(data, anchors, policy.requiredAlgorithms(), at);
      requireNotRevoked(signers, inForce.map(BundleContents::revoked).orElse(List.of()), at);
    } catch (RuleBroken e) {
      throw signature(e);
    }
    BundleContents contents = contents(data);
    try {
      requireNotRevoked(signers, contents.revoked(), contents.issued());
    } catch (RuleBroken e) {
      throw signature(e);
    }
    if (inForce.filter(before -> contradicts(contents, before)).isPresent()) {
      throw new RuleBroken(
          RuleId.T004_BUNDLE_ROLLBACK,
          BUNDLE,
          "serial " + contents.serial() + ", which was taken with other contents",
          GET);
    }
    TrustBundle bundle = new TrustBundle(bytes, contents);
    Optional<Refusal> objection = bundle.objection(policy, at);
    if (objection.isPresent()) {
      throw new RuleBroken(objection.get());
    }
    return bundle;
  }

  private static boolean contradicts(BundleContents contents, BundleContents before) {
    return contents.serial() == before.serial()
        && !Arrays.equals(contents.encoded(), before.encoded());
  }

  private static CmsSignedData parse(byte[] bytes) throws RuleBroken {
    try {
      return CmsSignedData.parse(bytes, CmsSignedData.Kind.TRUST_BUNDLE);
    } catch (RuleBroken e) {
      throw malformed(e.refusal().toString());
    }
  }

  private static BundleContents contents(CmsSignedData data) throws RuleBroken {
    try {
      return BundleDer.decode(data.content());
    } catch (IllegalArgumentException | RuleBroken e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static RuleBroken signature(RuleBroken cause) {
    Refusal inner = cause.refusal();
    return new RuleBroken(
        RuleId.T002_BUNDLE_SIGNATURE,
        BUNDLE,
        inner.rule().id() + " " + inner.location() + ": " + inner.detail(),
        GET);
  }

  private static void requireNotRevoked(
      Set<X509Certificate> signers, List<Revocation> revoked, Instant at) throws RuleBroken {
    for (X509Certificate signer : signers) {
      String id = BundleContents.certificateId(signer);
      for (Revocation revocation : revoked) {
        if (revocation.certificateId().equals(id) && !revocation.since().isAfter(at)) {
          throw new RuleBroken(
              RuleId.T006_REVOKED,
              CertificatePath.at(signer),
              "revoked since " + revocation.since(),
              GET);
        }
      }
    }
  }

  /// @return the signers' certificates, their issuers and roots
  private static Set<X509Certificate> requireSignatures(
      CmsSignedData data, TrustAnchors anchors, Set<SignatureAlgorithm> required, Instant at)
      throws RuleBroken {
    List<X509Certificate> certificates = data.certificates();
    SignerCheck.Content content = SignerCheck.Content.of(data.content(), data.content().length);
    Set<SignatureAlgorithm> present = EnumSet.noneOf(SignatureAlgorithm.class);
    Set<X509Certificate> used = new HashSet<>();
    Set<X509Certificate> roots = new HashSet<>();
    for (SignerInfo info : data.signers()) {
      SignerCheck signer =
          SignerCheck.read(
              info,
              CmsSignedData.Kind.TRUST_BUNDLE,
              SignedAttributes.Profile.PLAIN,
              content,
              certificates);
      signer.requireNothingUnsigned();
      X509Certificate root =
          signer.path().validate(anchors.roots(), at, CertificatePurpose.TRUST_BUNDLE);
      signer.path().requireSuite(signer.suite(), root);
      signer.requireSignature();
      if (!present.add(signer.suite().algorithm())) {
        throw CmsSignedData.profile("two signatures by " + signer.suite().algorithm().label());
      }
      used.addAll(signer.path().certificates());
      roots.add(root);
    }
    if (!present.containsAll(required)) {
      throw CmsSignedData.profile("signed by " + present + ", wanted " + required);
    }
    if (!used.containsAll(certificates)) {
      throw CmsSignedData.profile("holds a certificate that no signer needs");
    }
    used.addAll(roots);
    return used;
  }

  /// What speaks against this bundle at a time: its serial number went back, or its dates.
  Optional<Refusal> objection(TrustPolicy policy, Instant at) {
    if (contents.serial() < policy.lowestBundleSerial()) {
      String detail = "serial " + contents.serial() + " < " + policy.lowestBundleSerial();
      return Optional.of(new Refusal(RuleId.T004_BUNDLE_ROLLBACK, BUNDLE, detail, GET));
    }
    if (at.isBefore(contents.issued())) {
      String detail = "issued " + contents.issued();
      return Optional.of(
          new Refusal(RuleId.T012_BUNDLE_FROM_FUTURE, BUNDLE, detail, "check the clock"));
    }
    if (!at.isBefore(contents.expires())) {
      String detail = "expired " + contents.expires();
      return Optional.of(new Refusal(RuleId.T005_BUNDLE_EXPIRED, BUNDLE, detail, GET));
    }
    return Optional.empty();
  }

  private static RuleBroken malformed(String detail) {
    return new RuleBroken(RuleId.T001_BUNDLE_MALFORMED, BUNDLE, detail, GET);
  }

  public BundleContents contents() {
    return contents;
  }

  /// A copy of the signed bundle as checked, to be kept in a file.
  public byte[] bytes() {
    return bytes.clone();
  }
}
