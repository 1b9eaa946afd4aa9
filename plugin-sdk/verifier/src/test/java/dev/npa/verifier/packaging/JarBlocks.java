// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.archive.SignatureFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// JAR signatures of the sample package, good and bad.
public final class JarBlocks {

  private JarBlocks() {}

  /// The signature file that belongs to the sample's manifest.
  public static byte[] file() {
    return switch (UnsignedPackage.read(Samples.unsigned())) {
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage read) ->
          SignatureFile.of(read.bytes("META-INF/MANIFEST.MF"));
      case Verdict.Refused<UnsignedPackage> refused -> throw new IllegalStateException();
    };
  }

  public static byte[] block(SigningKey key, byte[] file) throws GeneralSecurityException {
    return encoded(new CmsSigner(key, Optional.empty(), Samples.NOW), file, false);
  }

  public static byte[] enclosing(SigningKey key, byte[] file) throws GeneralSecurityException {
    return encoded(new CmsSigner(key, Optional.empty(), Samples.NOW), file, true);
  }

  public static byte[] bound(SigningKey key, byte[] file) throws GeneralSecurityException {
    var binding = Optional.of(Samples.manifest().originBinding());
    return encoded(new CmsSigner(key, binding, Samples.NOW), file, false);
  }

  private static byte[] encoded(CmsSigner signer, byte[] file, boolean enclosed)
      throws GeneralSecurityException {
    try {
      return signer
          .sign(new CMSProcessableByteArray(file), enclosed)
          .toASN1Structure()
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
