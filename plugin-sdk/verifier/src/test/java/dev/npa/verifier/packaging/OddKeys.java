// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.TrustAnchors;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/// Signing keys below one root whose certificates are not what the gate wants, and one that is.
public final class OddKeys {

  public static final Holder HOLDER = Holder.vendor("odd", List.of(0x8086), List.of("example"));

  private static final Instant FROM = Samples.NOW.minus(Duration.ofDays(1));
  private static final Instant UNTIL = Samples.NOW.plus(Duration.ofDays(30));
  private static final CertificateUse ORIGIN = CertificateUse.origin(HOLDER);
  private static final CertificateIssuer ROOT = root();

  public static final TrustAnchors ANCHORS = TrustAnchors.of(ROOT.certificate());

  private OddKeys() {}

  private static CertificateIssuer root() {
    try {
      return CertificateIssuer.root("odd root", SignatureAlgorithm.EC_P384, FROM, UNTIL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SigningKey good() throws GeneralSecurityException {
    return used("good", ORIGIN);
  }

  /// A key whose certificate says anything at all.
  public static SigningKey used(String name, CertificateUse use) throws GeneralSecurityException {
    return ROOT.key(name, use, FROM, UNTIL);
  }

  public static SigningKey valid(Instant from, Instant until) throws GeneralSecurityException {
    return ROOT.key("odd", ORIGIN, from, until);
  }

  public static SigningKey belowIntermediate() throws GeneralSecurityException {
    return below(CertificateUse.vendorAuthority(HOLDER), UNTIL);
  }

  public static SigningKey belowExpiredIntermediate() throws GeneralSecurityException {
    return below(CertificateUse.vendorAuthority(HOLDER), Samples.NOW.minus(Duration.ofHours(1)));
  }

  /// Issued by a vendor's leaf, which is no certification authority.
  public static SigningKey belowLeaf() throws GeneralSecurityException {
    return below(ORIGIN, UNTIL);
  }

  /// Below an issuer for the platform's own people, who sign no plugins.
  public static SigningKey belowCertifiers() throws GeneralSecurityException {
    return below(CertificateUse.platformAuthority(), UNTIL);
  }

  /// Below an issuer that may issue for another vendor's devices and packages only.
  public static SigningKey belowOtherVendor() throws GeneralSecurityException {
    Holder other = Holder.vendor("other", List.of(0x14e4), List.of("com.other"));
    return below(CertificateUse.vendorAuthority(other), UNTIL);
  }

  private static SigningKey below(CertificateUse use, Instant until)
      throws GeneralSecurityException {
    return ROOT.authority("between", use, FROM, until).key("leaf", ORIGIN, FROM, UNTIL);
  }

  /// @param issuer what the certificate between root and leaf is for
  public static SigningKey below(CertificateUse issuer, CertificateUse leaf)
      throws GeneralSecurityException {
    return ROOT.authority("between", issuer, FROM, UNTIL).key("leaf", leaf, FROM, UNTIL);
  }

  public static SigningKey p256() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    return new SigningKey(
        keys.getPrivate(), ROOT.issue("p256", keys.getPublic(), ORIGIN, FROM, UNTIL));
  }

  /// A good ML-DSA-65 key, but below a root of the other kind.
  public static SigningKey mixedHierarchy() throws GeneralSecurityException {
    KeyPair keys = KeyPairs.generate(SignatureAlgorithm.ML_DSA_65);
    return new SigningKey(
        keys.getPrivate(), ROOT.issue("mixed", keys.getPublic(), ORIGIN, FROM, UNTIL));
  }

  public static SigningKey withPurposes(String... oids) throws GeneralSecurityException {
    return used("odd", use(false, KeyUsage.digitalSignature, List.of(oids), Optional.of(HOLDER)));
  }

  public static SigningKey withUsage(int usage) throws GeneralSecurityException {
    return used("odd", use(false, usage, CODE_SIGNING, Optional.of(HOLDER)));
  }

  public static SigningKey authority() throws GeneralSecurityException {
    return used("odd", use(true, KeyUsage.digitalSignature, CODE_SIGNING, Optional.of(HOLDER)));
  }

  public static SigningKey withoutHolder() throws GeneralSecurityException {
    return used("odd", use(false, KeyUsage.digitalSignature, CODE_SIGNING, Optional.empty()));
  }

  public static SigningKey withoutPolicy() throws GeneralSecurityException {
    return used(
        "odd",
        new CertificateUse(
            false, KeyUsage.digitalSignature, CODE_SIGNING, List.of(), Optional.of(HOLDER)));
  }

  public static SigningKey certifier(AcceptanceLevel highest) throws GeneralSecurityException {
    return used("certifier", CertificateUse.certification("platform", highest));
  }

  /// A second certificate for the key of another.
  public static SigningKey reissued(SigningKey key) throws GeneralSecurityException {
    return new SigningKey(
        key.privateKey(),
        ROOT.issue("good", key.chain().getFirst().getPublicKey(), ORIGIN, FROM, UNTIL));
  }

  private static final List<String> CODE_SIGNING = List.of(Oids.PURPOSE_CODE_SIGNING);

  private static CertificateUse use(
      boolean authority, int usage, List<String> purposes, Optional<Holder> holder) {
    return new CertificateUse(authority, usage, purposes, List.of(Oids.POLICY_ORIGIN), holder);
  }
}
