// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.signature.HolderExtension;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.Holder;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/// What a certificate is for. Use the factories; the gate takes nothing else.
///
/// @param authority whether it may issue certificates
/// @param keyUsage bits as Bouncy Castle's `KeyUsage` names them
/// @param purposes extended key usages, by object identifier
/// @param policies certificate policies, by object identifier: what may be vouched for
/// @param holder whose it is and what may be signed, if it signs packages
public record CertificateUse(
    boolean authority,
    int keyUsage,
    List<String> purposes,
    List<String> policies,
    Optional<Holder> holder) {

  private static final int ISSUES = KeyUsage.keyCertSign | KeyUsage.cRLSign;

  public CertificateUse {
    purposes = List.copyOf(purposes);
    policies = List.copyOf(policies);
  }

  /// What a certificate says that it is for, whoever issued it.
  ///
  /// @throws IllegalArgumentException if it cannot be read
  public static CertificateUse of(X509Certificate certificate) {
    try {
      Extensions extensions = new JcaX509CertificateHolder(certificate).getExtensions();
      Optional<Extensions> there = Optional.ofNullable(extensions);
      boolean holds = certificate.getExtensionValue(Oids.HOLDER) != null;
      return new CertificateUse(
          certificate.getBasicConstraints() >= 0,
          there.map(KeyUsage::fromExtensions).map(CertificateUse::bits).orElse(0),
          Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of()),
          there
              .map(CertificatePolicies::fromExtensions)
              .map(CertificateUse::policies)
              .orElse(List.of()),
          holds ? Optional.of(HolderExtension.of(certificate)) : Optional.empty());
    } catch (CertificateException | RuleBroken e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static int bits(KeyUsage usage) {
    return ASN1BitString.getInstance(usage.toASN1Primitive()).intValue();
  }

  private static List<String> policies(CertificatePolicies policies) {
    return Stream.of(policies.getPolicyInformation())
        .map(policy -> policy.getPolicyIdentifier().getId())
        .toList();
  }

  /// In words, as `signs plugins`; none if it is for nothing that a package or bundle needs.
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (authority) {
      words.add("issues certificates");
    }
    if (purposes.contains(Oids.PURPOSE_CODE_SIGNING)) {
      if (policies.contains(Oids.POLICY_ORIGIN)) {
        words.add("signs plugins");
      }
      if (policies.contains(Oids.POLICY_CERTIFIED)) {
        words.add("certifies up to certified");
      } else if (policies.contains(Oids.POLICY_ACCEPTED)) {
        words.add("certifies up to accepted");
      }
    }
    if (purposes.contains(Oids.PURPOSE_TRUST_BUNDLE)) {
      words.add("signs trust bundles");
    }
    if (purposes.contains(Oids.PURPOSE_TIMESTAMPING)) {
      words.add("timestamps");
    }
    return words;
  }

  public static CertificateUse root() {
    return new CertificateUse(true, ISSUES, List.of(), List.of(), Optional.empty());
  }

  /// An issuer below a root that may issue to one vendor.
  ///
  /// @param holder limits all that it issues
  public static CertificateUse vendorAuthority(Holder holder) {
    return new CertificateUse(
        true, ISSUES, List.of(), List.of(Oids.POLICY_ORIGIN), Optional.of(holder));
  }

  /// An issuer below a root for the platform's own people.
  public static CertificateUse platformAuthority() {
    return new CertificateUse(
        true,
        ISSUES,
        List.of(),
        List.of(Oids.POLICY_ACCEPTED, Oids.POLICY_CERTIFIED),
        Optional.empty());
  }

  /// An issuer below a root for timestamp authorities.
  public static CertificateUse timestampIssuer() {
    return issuer(Oids.PURPOSE_TIMESTAMPING);
  }

  /// An issuer below a root for those who issue the platform's trust bundles.
  public static CertificateUse trustBundleIssuer() {
    return issuer(Oids.PURPOSE_TRUST_BUNDLE);
  }

  private static CertificateUse issuer(String purpose) {
    return new CertificateUse(true, ISSUES, List.of(purpose), List.of(), Optional.empty());
  }

  /// A vendor who signs its own plugins.
  public static CertificateUse origin(Holder holder) {
    return signing(Oids.PURPOSE_CODE_SIGNING, List.of(Oids.POLICY_ORIGIN), Optional.of(holder));
  }

  /// The platform's certifier.
  ///
  /// @param highest accepted, or certified, which includes accepted
  /// @throws IllegalArgumentException if `highest` is neither
  public static CertificateUse certification(String holder, AcceptanceLevel highest) {
    List<String> policies =
        switch (highest) {
          case ACCEPTED -> List.of(Oids.POLICY_ACCEPTED);
          case CERTIFIED -> List.of(Oids.POLICY_ACCEPTED, Oids.POLICY_CERTIFIED);
          case COMMUNITY, PARTNER ->
              throw new IllegalArgumentException("nobody certifies " + highest.label());
        };
    return signing(Oids.PURPOSE_CODE_SIGNING, policies, Optional.of(Holder.platform(holder)));
  }

  /// A timestamp authority.
  public static CertificateUse timestamping() {
    return signing(Oids.PURPOSE_TIMESTAMPING, List.of(), Optional.empty());
  }

  /// Whoever issues the platform's trust bundles.
  public static CertificateUse trustBundle() {
    return signing(Oids.PURPOSE_TRUST_BUNDLE, List.of(), Optional.empty());
  }

  private static CertificateUse signing(
      String purpose, List<String> policies, Optional<Holder> holder) {
    return new CertificateUse(false, KeyUsage.digitalSignature, List.of(purpose), policies, holder);
  }
}
