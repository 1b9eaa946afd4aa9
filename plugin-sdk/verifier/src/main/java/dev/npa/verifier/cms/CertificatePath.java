// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// One signer's certificates, leaf first, root not included, and whether they may be believed.
public record CertificatePath(List<X509Certificate> certificates) {

  /// Orders certificates from the leaf on, by issuer name. Certificates that have no place on the
  /// path are left to the caller.
  public static CertificatePath order(X509Certificate leaf, List<X509Certificate> block) {
    List<X509Certificate> path = new ArrayList<>(List.of(leaf));
    List<X509Certificate> rest = new ArrayList<>(block);
    rest.remove(leaf);
    while (true) {
      X509Certificate last = path.getLast();
      X509Certificate next = null;
      for (X509Certificate candidate : rest) {
        if (next == null && issued(candidate, last)) {
          next = candidate;
        }
      }
      if (next == null) {
        return new CertificatePath(List.copyOf(path));
      }
      path.add(next);
      rest.remove(next);
    }
  }

  /// By name, and by the kind of key: two hierarchies may have the same names. A root that is
  /// shipped along has no place on the path, which ends below it.
  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    return !issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal())
        && issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && certificate.getSigAlgName().contains(issuer.getPublicKey().getAlgorithm());
  }

  public X509Certificate leaf() {
    return certificates.getFirst();
  }

  /// The suite's keys and signatures, and no others, on the path and at the root.
  public void requireSuite(SignatureSuite suite, X509Certificate root) throws RuleBroken {
    requireKey(leaf(), Set.of(suite.key()), suite);
    for (X509Certificate issuer : certificates.subList(1, certificates.size())) {
      requireKey(issuer, suite.issuerKeys(), suite);
    }
    requireKey(root, suite.issuerKeys(), suite);
  }

  private static void requireKey(
      X509Certificate certificate, Set<AlgorithmIdentifier> keys, SignatureSuite suite)
      throws RuleBroken {
    var key = SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
    if (!keys.contains(key.getAlgorithm())
        || !suite.issuerSignatures().contains(certificate.getSigAlgOID())) {
      throw new RuleBroken(
          RuleId.S005_WRONG_ALGORITHM,
          at(certificate),
          "a key or signature that is not for " + suite.algorithm().label(),
          "use keys of one kind from the root to the signer");
    }
  }

  /// PKIX path (RFC 5280) to one of the anchors at the given time, and its purpose.
  ///
  /// Revocation is not looked up: nothing is fetched while a plugin loads. The trust bundle says
  /// who is revoked.
  ///
  /// @return the root
  public X509Certificate validate(
      Collection<X509Certificate> anchors, Instant time, CertificatePurpose purpose)
      throws RuleBroken {
    Date date = Date.from(time);
    X509Certificate root;
    try {
      PKIXParameters parameters = new PKIXParameters(pkixAnchors(anchors));
      parameters.setRevocationEnabled(false);
      parameters.setDate(date);
      // Neither is used here; both let the tree of policies grow beyond the path's length.
      parameters.setPolicyMappingInhibited(true);
      parameters.setAnyPolicyInhibited(true);
      var result =
          (PKIXCertPathValidatorResult)
              Jca.pkix().validate(Jca.x509().generateCertPath(certificates), parameters);
      root = result.getTrustAnchor().getTrustedCert();
    } catch (CertPathValidatorException e) {
      X509Certificate blamed = certificates.get(Math.max(0, e.getIndex()));
      if (e.getReason() == BasicReason.EXPIRED) {
        throw expired(blamed);
      }
      if (e.getReason() == BasicReason.NOT_YET_VALID) {
        throw notYetValid(blamed);
      }
      throw untrusted(blamed, e);
    } catch (CertificateException | InvalidAlgorithmParameterException e) {
      throw untrusted(leaf(), e);
    }
    requireCurrent(root, date);
    purpose.require(this);
    return root;
  }

  /// Name constraints stay null: those inside a root are the ones that PKIX applies.
  private static Set<TrustAnchor> pkixAnchors(Collection<X509Certificate> anchors) {
    Set<TrustAnchor> set = new HashSet<>();
    for (X509Certificate root : anchors) {
      set.add(new TrustAnchor(root, null));
    }
    return set;
  }

  /// PKIX leaves the anchor's own validity to the caller.
  private static void requireCurrent(X509Certificate root, Date date) throws RuleBroken {
    try {
      root.checkValidity(date);
    } catch (CertificateExpiredException e) {
      throw expired(root);
    } catch (CertificateNotYetValidException e) {
      throw notYetValid(root);
    }
  }

  private static RuleBroken expired(X509Certificate certificate) {
    return new RuleBroken(
        RuleId.S012_EXPIRED,
        at(certificate),
        "valid until " + certificate.getNotAfter().toInstant(),
        "get a newly signed package, or one with a timestamp");
  }

  private static RuleBroken notYetValid(X509Certificate certificate) {
    return new RuleBroken(
        RuleId.S013_NOT_YET_VALID,
        at(certificate),
        "valid from " + certificate.getNotBefore().toInstant(),
        "check the clock");
  }

  private static RuleBroken untrusted(X509Certificate certificate, Exception e) {
    return new RuleBroken(
        RuleId.S011_UNTRUSTED_CHAIN,
        at(certificate),
        String.valueOf(e.getMessage()),
        "add the vendor's root to the trust anchors, if you do trust it");
  }

  public static Location at(X509Certificate certificate) {
    return new Location.Package("certificate " + certificate.getSubjectX500Principal());
  }
}
