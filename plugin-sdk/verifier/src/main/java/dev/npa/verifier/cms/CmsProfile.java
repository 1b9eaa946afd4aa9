// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.PackageFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// The algorithms that signatures, digests and keys must name, parameters included (RFC 5754:
/// absent for SHA-2 and ECDSA; RFC 5480: the named curve for the key). The next signature set goes
/// here.
public final class CmsProfile {

  public static final AlgorithmIdentifier DIGEST =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384);
  public static final AlgorithmIdentifier SIGNATURE =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
  public static final AlgorithmIdentifier KEY =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1);

  public static final ASN1ObjectIdentifier CONTENT = CMSObjectIdentifiers.data;
  public static final ASN1ObjectIdentifier BINDING =
      new ASN1ObjectIdentifier(PackageFormat.BINDING_OID);

  private CmsProfile() {}
}
