// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.stage.RuleBroken;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// What timestamp authorities sign with: RSA (PKCS #1), ECDSA or ML-DSA, with a SHA-2 digest of at
/// least 256 bits.
record TimestampAlgorithm(Digest digest, String jcaName, String provider) {

  enum Digest {
    SHA_256("2.16.840.1.101.3.4.2.1", "SHA-256", "SHA256"),
    SHA_384("2.16.840.1.101.3.4.2.2", "SHA-384", "SHA384"),
    SHA_512("2.16.840.1.101.3.4.2.3", "SHA-512", "SHA512");

    private final String oid;
    private final String jcaName;
    private final String inSignatures;

    Digest(String oid, String jcaName, String inSignatures) {
      this.oid = oid;
      this.jcaName = jcaName;
      this.inSignatures = inSignatures;
    }

    String jcaName() {
      return jcaName;
    }
  }

  static Optional<Digest> digest(ASN1ObjectIdentifier oid) {
    for (Digest digest : Digest.values()) {
      if (digest.oid.equals(oid.getId())) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  static TimestampAlgorithm of(SignerInfo signer) throws RuleBroken {
    Digest digest =
        digest(signer.getDigestAlgorithm().getAlgorithm())
            .orElseThrow(() -> TimestampToken.broken("digest is not SHA-2"));
    ASN1ObjectIdentifier signature = signer.getDigestEncryptionAlgorithm().getAlgorithm();
    // RFC 5754, section 3.2: RSA may be named with or without its digest.
    if (signature.equals(PKCSObjectIdentifiers.rsaEncryption) || signature.equals(rsa(digest))) {
      return new TimestampAlgorithm(digest, digest.inSignatures + "withRSA", "SunRsaSign");
    }
    if (signature.equals(ecdsa(digest))) {
      return new TimestampAlgorithm(digest, digest.inSignatures + "withECDSA", "SunEC");
    }
    if (signature.equals(NISTObjectIdentifiers.id_ml_dsa_65)
        || signature.equals(NISTObjectIdentifiers.id_ml_dsa_87)) {
      return new TimestampAlgorithm(digest, "ML-DSA", "SUN");
    }
    throw TimestampToken.broken("signed with " + signature);
  }

  Signature signature() throws GeneralSecurityException {
    return Signature.getInstance(jcaName, provider);
  }

  private static ASN1ObjectIdentifier rsa(Digest digest) {
    return switch (digest) {
      case SHA_256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
      case SHA_384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
      case SHA_512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
    };
  }

  private static ASN1ObjectIdentifier ecdsa(Digest digest) {
    return switch (digest) {
      case SHA_256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
      case SHA_384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
      case SHA_512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
    };
  }
}
