// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/// A timestamp authority in this process (RFC 3161), with whatever clock it is given: for tests,
/// demonstrations and development.
///
/// @param key issued for {@link CertificateUse#timestamping()}
public record LocalTimestampAuthority(SigningKey key, InstantSource clock)
    implements TimestampSource {

  private static final AlgorithmIdentifier SHA_384 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384);

  /// RFC 3161 demands a policy; this one says that nobody vouches for the clock.
  private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.0");

  @Override
  public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
    byte[] imprint = MessageDigest.getInstance("SHA-384").digest(signature);
    TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
    requests.setCertReq(true);
    try {
      return answer(requests.generate(NISTObjectIdentifiers.id_sha384, imprint));
    } catch (TSPException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot timestamp as " + key, e);
    }
  }

  private byte[] answer(TimeStampRequest request)
      throws IOException, GeneralSecurityException, TSPException, OperatorCreationException {
    DigestCalculator digest = new JcaDigestCalculatorProviderBuilder().build().get(SHA_384);
    SignerInfoGenerator signer =
        new JcaSimpleSignerInfoGeneratorBuilder()
            .build(
                KeyPairs.signatureName(key.privateKey()), key.privateKey(), key.chain().getFirst());
    TimeStampTokenGenerator generator = new TimeStampTokenGenerator(signer, digest, POLICY);
    List<X509CertificateHolder> chain = new ArrayList<>();
    for (X509Certificate certificate : key.chain()) {
      chain.add(new JcaX509CertificateHolder(certificate));
    }
    generator.addCertificates(new CollectionStore<>(chain));
    BigInteger serial = new BigInteger(64, new SecureRandom());
    TimeStampToken token = generator.generate(request, serial, Date.from(clock.instant()));
    return token.toCMSSignedData().toASN1Structure().getEncoded(ASN1Encoding.DER);
  }
}
