// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.trust.Holder;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

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
