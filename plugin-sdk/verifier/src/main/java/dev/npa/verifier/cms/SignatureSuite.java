// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.SignatureAlgorithm;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// What one signature algorithm fixes, parameters included (RFC 5754 and RFC 9882: absent for
/// digests, ECDSA and ML-DSA; RFC 5480: the named curve in the key). The next one goes here.
///
/// @param key the signer's key
/// @param issuerKeys keys that may stand above it: the hierarchies do not mix, for a path is no
///   stronger than its weakest key
/// @param issuerSignatures what those keys sign certificates with, by object identifier
public record SignatureSuite(
    SignatureAlgorithm algorithm,
    AlgorithmIdentifier digest,
    String digestName,
    AlgorithmIdentifier signature,
    AlgorithmIdentifier key,
    Set<AlgorithmIdentifier> issuerKeys,
    Set<String> issuerSignatures) {

  private static final AlgorithmIdentifier P384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1);
  private static final AlgorithmIdentifier ML_DSA_65_KEY =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65);
  private static final AlgorithmIdentifier ML_DSA_87_KEY =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_87);

  public static final SignatureSuite EC =
      new SignatureSuite(
          SignatureAlgorithm.EC_P384,
          new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384),
          "SHA-384",
          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384),
          P384,
          Set.of(P384),
          Set.of(X9ObjectIdentifiers.ecdsa_with_SHA384.getId()));

  public static final SignatureSuite ML_DSA =
      new SignatureSuite(
          SignatureAlgorithm.ML_DSA_65,
          new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512),
          "SHA-512",
          ML_DSA_65_KEY,
          ML_DSA_65_KEY,
          Set.of(ML_DSA_65_KEY, ML_DSA_87_KEY),
          Set.of(
              NISTObjectIdentifiers.id_ml_dsa_65.getId(),
              NISTObjectIdentifiers.id_ml_dsa_87.getId()));

  public static SignatureSuite of(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case EC_P384 -> EC;
      case ML_DSA_65 -> ML_DSA;
    };
  }

  boolean signs(ASN1ObjectIdentifier signatureAlgorithm) {
    return signature.getAlgorithm().equals(signatureAlgorithm);
  }
}
