// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.Oids;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// Makes one CMS SignedData with one SignerInfo and the profile's signed attributes.
///
/// By Bouncy Castle's generator, not by code that the gate shares: what one writes, the other
/// reads.
///
/// @param binding for a signature on a package; none for other content
record CmsSigner(SigningKey key, Optional<PluginBinding> binding, Instant signingTime) {

  private static final AlgorithmIdentifier SHA_384 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384);
  private static final AlgorithmIdentifier SHA_512 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512);

  CMSSignedData sign(CMSTypedData content, boolean enclosed) throws GeneralSecurityException {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(signerInfo());
      for (X509Certificate certificate : key.chain()) {
        generator.addCertificate(new JcaX509CertificateHolder(certificate));
      }
      return generator.generate(content, enclosed);
    } catch (CMSException | OperatorCreationException | IOException e) {
      throw new GeneralSecurityException("cannot sign as " + key, e);
    }
  }

  private SignerInfoGenerator signerInfo()
      throws GeneralSecurityException, OperatorCreationException, IOException {
    String name = KeyPairs.signatureName(key.privateKey());
    ContentSigner signer = new JcaContentSignerBuilder(name).build(key.privateKey());
    JcaSignerInfoGeneratorBuilder builder =
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
    // RFC 9882, section 3.3: SHA-512 goes with ML-DSA-65.
    builder.setContentDigest(key.algorithm() == SignatureAlgorithm.ML_DSA_65 ? SHA_512 : SHA_384);
    // Bouncy Castle adds contentType, messageDigest and CMSAlgorithmProtection.
    builder.setSignedAttributeGenerator(
        new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes())));
    return builder.build(signer, key.chain().getFirst());
  }

  ASN1EncodableVector attributes() throws GeneralSecurityException, IOException {
    ASN1EncodableVector attributes = new ASN1EncodableVector(3);
    attributes.add(attribute(CMSAttributes.signingTime, new Time(Date.from(signingTime))));
    attributes.add(
        attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, signingCertificate()));
    if (binding.isPresent()) {
      attributes.add(
          attribute(
              new ASN1ObjectIdentifier(Oids.BINDING),
              ASN1Primitive.fromByteArray(NpaBinding.encode(binding.get()))));
    }
    return attributes;
  }

  private SigningCertificateV2 signingCertificate() throws GeneralSecurityException {
    ESSCertIDv2[] ids = new ESSCertIDv2[key.chain().size()];
    for (int i = 0; i < ids.length; i++) {
      byte[] encoded = key.chain().get(i).getEncoded();
      ids[i] = new ESSCertIDv2(SHA_384, MessageDigest.getInstance("SHA-384").digest(encoded));
    }
    return new SigningCertificateV2(ids);
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }
}
