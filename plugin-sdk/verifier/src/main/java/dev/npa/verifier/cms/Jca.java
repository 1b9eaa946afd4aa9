// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

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
    try {
      return MessageDigest.getInstance("SHA-384", "SUN");
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

  public static Signature ecdsaSha384() {
    try {
      return Signature.getInstance("SHA384withECDSA", "SunEC");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
  }
}
