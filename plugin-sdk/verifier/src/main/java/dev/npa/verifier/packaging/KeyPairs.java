// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;

/// Keys of the two kinds that sign.
public final class KeyPairs {

  private static final int P384_BITS = 384;

  private KeyPairs() {}

  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public static KeyPair generate(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case EC_P384 -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        yield generator.generateKeyPair();
      }
      case ML_DSA_65 -> KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
    };
  }

  /// @throws IllegalArgumentException if it is no key that signs packages
  public static SignatureAlgorithm algorithm(PublicKey key) {
    return kind(key);
  }

  static SignatureAlgorithm kind(Key key) {
    if (key instanceof ECKey ec && ec.getParams().getOrder().bitLength() == P384_BITS) {
      return SignatureAlgorithm.EC_P384;
    }
    if (key.getAlgorithm().startsWith("ML-DSA")) {
      return SignatureAlgorithm.ML_DSA_65;
    }
    throw new IllegalArgumentException(
        "neither a P-384 nor an ML-DSA-65 key: " + key.getAlgorithm());
  }

  /// What the key signs with, as Java names it. Other elliptic curves too: whether they are good
  /// enough is for the gate to say.
  static String signatureName(Key key) {
    return key.getAlgorithm().equals("EC") ? "SHA384withECDSA" : "ML-DSA-65";
  }
}
