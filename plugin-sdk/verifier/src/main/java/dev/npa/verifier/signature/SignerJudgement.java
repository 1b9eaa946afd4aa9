// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Location;
import dev.npa.verifier.PackageSignature;
import dev.npa.verifier.PackageSignature.Timestamp;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.CertificatePurpose;
import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.cms.TimestampToken;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleContents.Revocation;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether one signature on a package may be believed, by whose word, and for what.
record SignerJudgement(Trust trust, Instant at) {

  private static final Location SIGNER = new Location.Package("signature block, SignerInfo");
  private static final String AGAIN = "get the package again from the vendor";

  /// How far the clocks of a signer and a timestamp authority may differ.
  private static final Duration SKEW = Duration.ofMinutes(5);

  /// In this order: no key is used before its owner is trusted.
  SignerVerdict judge(SignerCheck signer) throws RuleBroken {
    Optional<TimestampToken> token = timestamp(signer);
    Instant signed = signer.attributes().signingTime();
    Instant valid = token.map(TimestampToken::time).orElse(at);
    X509Certificate root =
        signer.path().validate(trust.packageRoots(), valid, CertificatePurpose.CODE_SIGNING);
    requirePossible(signed, signer.path().leaf(), token);
    signer.path().requireSuite(signer.suite(), root);
    requireNotRevoked(signer.path(), root, token.map(TimestampToken::time));
    signer.requireSignature();
    PluginBinding binding = NpaBinding.parse(signer.attributes().binding());
    X509Certificate leaf = signer.path().leaf();
    Grants.of(signer.path()).require(binding, leaf);
    List<Holder> holders = holders(signer.path());
    PackageSignature signature =
        new PackageSignature(
            signer.suite().algorithm(),
            binding,
            Printable.text(leaf.getSubjectX500Principal().getName()),
            holders.getFirst().name(),
            signed,
            token.map(SignerJudgement::describe));
    return new SignerVerdict(
        signature, signer.path().certificates(), holders, level(binding, root, leaf));
  }

  /// A root may be both the platform's and enrolled: then it is the platform's.
  private AcceptanceLevel level(PluginBinding binding, X509Certificate root, X509Certificate leaf)
      throws RuleBroken {
    boolean platform = trust.platformRoots().contains(root);
    return switch (binding.role()) {
      case ORIGIN -> platform ? AcceptanceLevel.PARTNER : AcceptanceLevel.COMMUNITY;
      case CERTIFICATION -> {
        if (!platform) {
          throw new RuleBroken(
              RuleId.S020_ROLE,
              CertificatePath.at(leaf),
              "an enrolled key cannot certify for the platform",
              "sign as the plugin's origin");
        }
        yield binding.level().orElseThrow();
      }
    };
  }

  /// The leaf must say what its holder may sign; issuers that say so too narrow it.
  private static List<Holder> holders(CertificatePath path) throws RuleBroken {
    List<Holder> holders = new ArrayList<>();
    for (X509Certificate certificate : path.certificates()) {
      if (holders.isEmpty() || HolderExtension.isIn(certificate)) {
        holders.add(HolderExtension.of(certificate));
      }
    }
    return holders;
  }

  private Optional<TimestampToken> timestamp(SignerCheck signer) throws RuleBroken {
    Optional<byte[]> der = signer.timestampToken();
    if (der.isEmpty()) {
      return Optional.empty();
    }
    try {
      TimestampToken token = TimestampToken.read(der.get(), signer.value());
      requireAuthority(token);
      token.requireSignature();
      return Optional.of(token);
    } catch (RuleBroken e) {
      Refusal inner = e.refusal();
      switch (inner.rule()) {
        case S025_TIMESTAMP_INVALID, S026_TIMESTAMP_AUTHORITY, S027_TIMESTAMP_TIME -> throw e;
        // The rules of signatures, met inside the token.
        default ->
            throw new RuleBroken(
                RuleId.S025_TIMESTAMP_INVALID,
                new Location.Package("timestamp"),
                inner.rule().id() + " " + inner.detail(),
                AGAIN);
      }
    }
  }

  /// The authority must be believed now, and must have been valid at the time it states.
  private void requireAuthority(TimestampToken token) throws RuleBroken {
    X509Certificate leaf = token.path().leaf();
    if (token.time().isAfter(at)) {
      throw new RuleBroken(
          RuleId.S027_TIMESTAMP_TIME,
          CertificatePath.at(leaf),
          "says " + token.time() + ", which is in the future",
          "check the clock");
    }
    X509Certificate root;
    try {
      root = token.path().validate(trust.authorityRoots(), at, CertificatePurpose.TIMESTAMPING);
    } catch (RuleBroken e) {
      throw authority(leaf, e.refusal().rule().id() + " " + e.refusal().detail());
    }
    if (token.time().isBefore(leaf.getNotBefore().toInstant())) {
      throw new RuleBroken(
          RuleId.S027_TIMESTAMP_TIME,
          CertificatePath.at(leaf),
          "says " + token.time() + ", before its certificate was valid",
          AGAIN);
    }
    // Whoever has a revoked authority's key can write any time, so no date helps.
    if (revocation(token.path(), root).isPresent()) {
      throw authority(leaf, "is revoked");
    }
  }

  private static RuleBroken authority(X509Certificate leaf, String detail) {
    return new RuleBroken(
        RuleId.S026_TIMESTAMP_AUTHORITY,
        CertificatePath.at(leaf),
        detail,
        "have the package timestamped by an authority that the platform trusts");
  }

  private void requirePossible(Instant signed, X509Certificate leaf, Optional<TimestampToken> token)
      throws RuleBroken {
    boolean afterToken = token.filter(t -> signed.isAfter(t.time().plus(SKEW))).isPresent();
    if (signed.isAfter(at)
        || signed.isBefore(leaf.getNotBefore().toInstant())
        || signed.isAfter(leaf.getNotAfter().toInstant())
        || afterToken) {
      throw new RuleBroken(
          RuleId.S016_SIGNING_TIME,
          SIGNER,
          signed + " is in the future, outside the certificate's validity or after the timestamp",
          "check the clocks of signer and host");
    }
  }

  /// The signer's own word on when it signed counts for nothing: it may be a thief's.
  private void requireNotRevoked(
      CertificatePath path, X509Certificate root, Optional<Instant> proven) throws RuleBroken {
    Optional<Revocation> revocation = revocation(path, root);
    if (revocation.isPresent()
        && !proven.filter(time -> time.isBefore(revocation.get().since())).isPresent()) {
      throw new RuleBroken(
          RuleId.T006_REVOKED,
          CertificatePath.at(path.leaf()),
          "revoked since "
              + revocation.get().since()
              + ", "
              + proven.map(time -> "timestamp " + time).orElse("no timestamp"),
          "get a package signed with a new certificate");
    }
  }

  /// The earliest revocation of a certificate on the path or of its root.
  private Optional<Revocation> revocation(CertificatePath path, X509Certificate root) {
    List<Revocation> revoked = trust.bundle().map(b -> b.contents().revoked()).orElse(List.of());
    if (revoked.isEmpty()) {
      return Optional.empty();
    }
    List<String> ids = new ArrayList<>();
    path.certificates().forEach(c -> ids.add(BundleContents.certificateId(c)));
    ids.add(BundleContents.certificateId(root));
    return revoked.stream()
        .filter(r -> ids.contains(r.certificateId()))
        .min(java.util.Comparator.comparing(Revocation::since));
  }

  private static Timestamp describe(TimestampToken token) {
    String authority = token.path().leaf().getSubjectX500Principal().getName();
    return new Timestamp(token.time(), Printable.text(authority));
  }
}
