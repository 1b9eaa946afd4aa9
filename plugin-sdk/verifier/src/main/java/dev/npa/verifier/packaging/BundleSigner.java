// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.trust.BundleContents;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// Signs trust bundles, for the platform.
public final class BundleSigner {

  private static final ASN1ObjectIdentifier TYPE = new ASN1ObjectIdentifier(Oids.TRUST_BUNDLE);

  private BundleSigner() {}

  /// @param request keys issued for {@link CertificateUse#trustBundle()}; timestamps are not used
  /// @return what {@link dev.npa.verifier.trust.TrustBundle} checks
  /// @throws GeneralSecurityException if a key cannot sign
  public static byte[] sign(BundleContents contents, SigningRequest request)
      throws GeneralSecurityException {
    SignedDataUnion union = new SignedDataUnion();
    try {
      for (SigningKey key : request.keys()) {
        CmsSigner signer = new CmsSigner(key, Optional.empty(), request.signingTime());
        byte[] block =
            signer
                .sign(new CMSProcessableByteArray(TYPE, contents.encoded()), true)
                .toASN1Structure()
                .getEncoded(ASN1Encoding.DER);
        union.add(SignedDataUnion.parse(block));
      }
      return union.encoded();
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot encode what was signed", e);
    }
  }
}
