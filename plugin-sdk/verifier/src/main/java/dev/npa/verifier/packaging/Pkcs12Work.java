// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// How much work it is to open a PKCS#12 file (RFC 7292), by what the file itself says: each
/// encrypted part names how often its password is to be hashed, up to billions of times.
///
/// Parts inside an encrypted one are not counted: only who knows the password can have put them
/// there.
public final class Pkcs12Work {

  private BigInteger iterations = BigInteger.ZERO;

  private Pkcs12Work() {}

  /// All iterations together.
  ///
  /// @throws IOException if the bytes are no PKCS#12 file
  public static BigInteger iterations(byte[] file) throws IOException {
    Pkcs12Work work = new Pkcs12Work();
    try {
      work.add(Pfx.getInstance(file));
    } catch (RuntimeException e) { // Bouncy Castle's classes stumble in many ways
      throw new IOException("not a PKCS#12 file: " + e.getMessage(), e);
    }
    return work.iterations;
  }

  private void add(Pfx pfx) {
    if (pfx.getMacData() != null) {
      add(pfx.getMacData().getIterationCount());
    }
    for (ContentInfo part :
        AuthenticatedSafe.getInstance(octets(pfx.getAuthSafe())).getContentInfo()) {
      if (part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
        add(EncryptedData.getInstance(part.getContent()).getEncryptionAlgorithm());
      } else if (part.getContentType().equals(PKCSObjectIdentifiers.data)) {
        for (ASN1Encodable element : ASN1Sequence.getInstance(octets(part))) {
          add(SafeBag.getInstance(element));
        }
      }
    }
  }

  private static byte[] octets(ContentInfo part) {
    return ASN1OctetString.getInstance(part.getContent()).getOctets();
  }

  private void add(SafeBag bag) {
    if (bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
      add(EncryptedPrivateKeyInfo.getInstance(bag.getBagValue()).getEncryptionAlgorithm());
    }
  }

  private void add(AlgorithmIdentifier encryption) {
    if (!encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      add(PKCS12PBEParams.getInstance(encryption.getParameters()).getIterations());
      return;
    }
    var derivation = PBES2Parameters.getInstance(encryption.getParameters()).getKeyDerivationFunc();
    if (derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      add(PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount());
    }
  }

  private void add(BigInteger count) {
    iterations = iterations.add(count.max(BigInteger.ZERO));
  }
}
