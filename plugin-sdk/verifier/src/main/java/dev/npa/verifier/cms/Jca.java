// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/// The JDK's own cryptography, by provider name, so that a provider someone installs in front of it
/// changes no verdict. All of it is in `java.base`.
public final class Jca {

  private Jca() {}

  public static MessageDigest sha384() {
    return digest("SHA-384");
  }

  public static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name, "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw missing(e);
    }
  }

  public static CertificateFactory x509() {
    try {
      return CertificateFactory.getInstance("X.509", "SUN");
    } catch (CertificateException | NoSuchProviderException e) {
      throw missing(e);
    }
  }

  public static CertPathValidator pkix() {
    try {
      return CertPathValidator.getInstance("PKIX", "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw missing(e);
    }
  }

  public static Signature signature(SignatureAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case EC_P384 -> Signature.getInstance("SHA384withECDSA", "SunEC");
        case ML_DSA_65 -> Signature.getInstance("ML-DSA-65", "SUN");
      };
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
  }
}
