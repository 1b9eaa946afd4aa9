// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// Signs a timestamp with any key at all, for a library refuses to do it with the wrong one.
record CarelessAuthority(SigningKey key, Instant time) implements TimestampSource {

  @Override
  public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
    byte[] imprint = MessageDigest.getInstance("SHA-384").digest(signature);
    ASN1GeneralizedTime when = new DERGeneralizedTime(Date.from(time));
    TSTInfo info =
        new TSTInfo(
            new ASN1ObjectIdentifier("1.3.6.1.4.1.0"),
            new MessageImprint(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384), imprint),
            new ASN1Integer(BigInteger.ONE),
            when,
            null,
            null,
            null,
            null,
            null);
    return new CmsSigner(key, Optional.empty(), time)
        .sign(
            new CMSProcessableByteArray(
                PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded(ASN1Encoding.DER)),
            true)
        .toASN1Structure()
        .getEncoded(ASN1Encoding.DER);
  }
}
