// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a signer's certificate is for: one purpose, and that alone.
///
/// An extended key usage in an issuer's certificate limits what is issued below it, as in the
/// browsers' root programmes (RFC 5280 leaves that open). Packages are limited by policies and
/// holders besides, so an issuer of vendors needs none; who may speak for the platform, or for the
/// time, must be named by every issuer up to the root. Else a vendor's issuer could issue both.
public enum CertificatePurpose {
  CODE_SIGNING(Oids.PURPOSE_CODE_SIGNING, "codeSigning"),
  /// RFC 3161, section 2.3: critical, and no other.
  TIMESTAMPING(Oids.PURPOSE_TIMESTAMPING, "timeStamping"),
  TRUST_BUNDLE(Oids.PURPOSE_TRUST_BUNDLE, "signing trust bundles");

  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  private final String oid;
  private final String title;

  CertificatePurpose(String oid, String title) {
    this.oid = oid;
    this.title = title;
  }

  /// @param path a signer's certificate and its issuers, leaf first, root not included
  void require(CertificatePath path) throws RuleBroken {
    require(path.leaf());
    for (X509Certificate issuer : path.certificates().subList(1, path.certificates().size())) {
      List<String> purposes = purposes(issuer);
      boolean unlimited = purposes == null && this == CODE_SIGNING;
      if (!unlimited && (purposes == null || !purposes.contains(oid))) {
        throw broken(issuer, "it may not issue to a signer for " + title);
      }
    }
  }

  public void require(X509Certificate leaf) throws RuleBroken {
    List<String> purposes = purposes(leaf);
    if (!signsOnly(leaf.getKeyUsage()) || !isCritical(leaf, KEY_USAGE)) {
      throw broken(leaf, "key usage is not critical and for signatures alone");
    }
    if (!List.of(oid).equals(purposes)) {
      throw broken(leaf, "extended key usage is not " + title + " alone");
    }
    if (this == TIMESTAMPING && !isCritical(leaf, EXTENDED_KEY_USAGE)) {
      throw broken(leaf, "extended key usage is not critical");
    }
    if (leaf.getBasicConstraints() >= 0) {
      throw broken(leaf, "it is a certification authority");
    }
  }

  private static List<String> purposes(X509Certificate certificate) throws RuleBroken {
    try {
      return certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      throw broken(certificate, "unreadable extension " + EXTENDED_KEY_USAGE);
    }
  }

  /// Timestamp authorities at large also carry nonRepudiation.
  private boolean signsOnly(boolean[] usage) {
    if (usage == null || !usage[DIGITAL_SIGNATURE]) {
      return false;
    }
    for (int i = 1; i < usage.length; i++) {
      if (usage[i] && !(this == TIMESTAMPING && i == NON_REPUDIATION)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCritical(X509Certificate leaf, String extension) {
    return leaf.getCriticalExtensionOIDs() != null
        && leaf.getCriticalExtensionOIDs().contains(extension);
  }

  private static RuleBroken broken(X509Certificate leaf, String detail) {
    return new RuleBroken(
        RuleId.S014_CERTIFICATE_PURPOSE,
        CertificatePath.at(leaf),
        detail,
        "sign with a certificate for this purpose");
  }
}
