// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.TrustAnchors;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// One signer's certificates, leaf first, root not included, and whether they may be believed.
public record CertificatePath(List<X509Certificate> certificates) {

  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final int DIGITAL_SIGNATURE = 0;

  /// Orders the block's certificates from the leaf on. Every one must have its place: what is not
  /// on the path is vouched for by nobody.
  public static CertificatePath order(X509Certificate leaf, List<X509Certificate> block)
      throws RuleBroken {
    List<X509Certificate> path = new ArrayList<>(List.of(leaf));
    List<X509Certificate> rest = new ArrayList<>(block);
    rest.remove(leaf);
    boolean grown = true;
    while (grown && !rest.isEmpty()) {
      X509Certificate last = path.getLast();
      grown = false;
      for (X509Certificate next : rest) {
        if (next.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
          path.add(next);
          rest.remove(next);
          grown = true;
          break;
        }
      }
    }
    if (!rest.isEmpty()) {
      throw new RuleBroken(
          RuleId.S009_SIGNER_CERTIFICATE,
          at(rest.getFirst()),
          "not on the path from the signer to a root",
          "ship the signer's certificate and its intermediates only");
    }
    return new CertificatePath(List.copyOf(path));
  }

  public X509Certificate leaf() {
    return certificates.getFirst();
  }

  /// Algorithms, PKIX path to an anchor at the given time, purpose of the leaf.
  ///
  /// Revocation is not looked up: nothing is fetched while a plugin loads. A signed trust bundle
  /// will bring it.
  public void validate(TrustAnchors anchors, Instant time) throws RuleBroken {
    for (X509Certificate certificate : certificates) {
      requireAlgorithms(certificate);
    }
    Date date = Date.from(time);
    try {
      PKIXParameters parameters = new PKIXParameters(pkixAnchors(anchors));
      parameters.setRevocationEnabled(false);
      parameters.setDate(date);
      var result =
          (PKIXCertPathValidatorResult)
              Jca.pkix().validate(Jca.x509().generateCertPath(certificates), parameters);
      X509Certificate root = result.getTrustAnchor().getTrustedCert();
      requireAlgorithms(root);
      requireCurrent(root, date);
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
    requireCodeSigning();
  }

  /// Name constraints stay null: those inside a root are the ones that PKIX applies.
  private static Set<TrustAnchor> pkixAnchors(TrustAnchors anchors) {
    return anchors.roots().stream()
        .map(root -> new TrustAnchor(root, null))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requireAlgorithms(X509Certificate certificate) throws RuleBroken {
    var key = SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
    if (!key.getAlgorithm().equals(CmsProfile.KEY)
        || !CmsProfile.SIGNATURE.getAlgorithm().getId().equals(certificate.getSigAlgOID())) {
      throw new RuleBroken(
          RuleId.S005_WRONG_ALGORITHM,
          at(certificate),
          "not a P-384 key signed with ECDSA and SHA-384",
          "use P-384 keys throughout");
    }
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

  private void requireCodeSigning() throws RuleBroken {
    boolean[] usage = leaf().getKeyUsage();
    boolean signsOnly = usage != null && usage[DIGITAL_SIGNATURE];
    for (int i = 1; usage != null && i < usage.length; i++) {
      signsOnly &= !usage[i];
    }
    List<String> purposes;
    try {
      purposes = leaf().getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      throw purpose("unreadable extension " + EXTENDED_KEY_USAGE);
    }
    if (!signsOnly || !leaf().getCriticalExtensionOIDs().contains(KEY_USAGE)) {
      throw purpose("key usage is not critical and digitalSignature alone");
    }
    if (!List.of(CODE_SIGNING).equals(purposes)) {
      throw purpose("extended key usage is not codeSigning alone");
    }
    if (leaf().getBasicConstraints() >= 0) {
      throw purpose("it is a certification authority");
    }
  }

  private RuleBroken purpose(String detail) {
    return new RuleBroken(
        RuleId.S014_CERTIFICATE_PURPOSE,
        at(leaf()),
        detail,
        "sign with a code-signing certificate");
  }

  private static RuleBroken expired(X509Certificate certificate) {
    return new RuleBroken(
        RuleId.S012_EXPIRED,
        at(certificate),
        "valid until " + certificate.getNotAfter().toInstant(),
        "get a newly signed package");
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

  private static Location at(X509Certificate certificate) {
    return new Location.Package(
        Printable.text("certificate " + certificate.getSubjectX500Principal()));
  }
}
