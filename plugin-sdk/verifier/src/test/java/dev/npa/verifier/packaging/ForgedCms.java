// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PluginBinding;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// A CMS block by someone who has the key but not the profile. As made, it is the sample's block.
public final class ForgedCms {

  private final SigningKey key;
  private final List<X509Certificate> certificates = new ArrayList<>();
  private final List<PluginBinding> signers = new ArrayList<>();
  private UnaryOperator<AttributeTable> attributes = table -> table;
  private String algorithm = "SHA384withECDSA";
  private Instant time = Samples.NOW;
  private boolean encapsulated;
  private boolean unsignedAttribute;
  private boolean byKeyId;
  private String encoding = ASN1Encoding.DER;

  public ForgedCms(SigningKey key) {
    this.key = key;
    certificates.addAll(key.chain());
    signers.add(Samples.manifest().originBinding());
  }

  public ForgedCms signers(PluginBinding... bindings) {
    signers.clear();
    signers.addAll(List.of(bindings));
    return this;
  }

  public ForgedCms certificates(List<X509Certificate> others) {
    certificates.clear();
    certificates.addAll(others);
    return this;
  }

  public ForgedCms addCertificate(X509Certificate other) {
    certificates.add(other);
    return this;
  }

  /// One attribute with another value, or one more attribute.
  ///
  /// @param der the value
  public ForgedCms with(String oid, byte[] der) {
    ASN1ObjectIdentifier type = new ASN1ObjectIdentifier(oid);
    ASN1Encodable value = value(der);
    attributes = table -> table.remove(type).add(type, value);
    return this;
  }

  private static ASN1Encodable value(byte[] der) {
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException e) {
      throw new IllegalArgumentException("not DER", e);
    }
  }

  public ForgedCms without(String oid) {
    attributes = table -> table.remove(new ASN1ObjectIdentifier(oid));
    return this;
  }

  public ForgedCms again(String oid) {
    ASN1ObjectIdentifier type = new ASN1ObjectIdentifier(oid);
    attributes = table -> table.add(type, table.get(type).getAttrValues().getObjectAt(0));
    return this;
  }

  public ForgedCms algorithm(String jcaName) {
    algorithm = jcaName;
    return this;
  }

  public ForgedCms time(Instant signingTime) {
    time = signingTime;
    return this;
  }

  public ForgedCms encapsulated() {
    encapsulated = true;
    return this;
  }

  public ForgedCms unsignedAttribute() {
    unsignedAttribute = true;
    return this;
  }

  public ForgedCms byKeyId() {
    byKeyId = true;
    return this;
  }

  public ForgedCms ber() {
    encoding = ASN1Encoding.BER;
    return this;
  }

  /// An unsigned archive with this block behind it.
  public byte[] sign(byte[] unsigned) {
    byte[] range = Arrays.copyOf(unsigned, unsigned.length - 2);
    try {
      return PackageSigner.append(range, block(range));
    } catch (GeneralSecurityException | IOException | CMSException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] block(byte[] content)
      throws GeneralSecurityException, IOException, CMSException, OperatorCreationException {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    for (PluginBinding binding : signers) {
      AttributeTable own =
          new AttributeTable(new CmsSigner(key, Optional.of(binding), time).attributes());
      CMSAttributeTableGenerator standard = new DefaultSignedAttributeTableGenerator(own);
      JcaSignerInfoGeneratorBuilder builder =
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
      UnaryOperator<AttributeTable> change = attributes;
      builder.setSignedAttributeGenerator(
          parameters -> change.apply(attributesOf(standard, parameters)));
      if (unsignedAttribute) {
        builder.setUnsignedAttributeGenerator(
            new SimpleAttributeTableGenerator(
                new AttributeTable(new CmsSigner(key, Optional.of(binding), time).attributes())));
      }
      var signer = new JcaContentSignerBuilder(algorithm).build(key.privateKey());
      generator.addSignerInfoGenerator(
          byKeyId
              ? builder.build(signer, new byte[] {1, 2, 3, 4})
              : builder.build(signer, key.chain().getFirst()));
    }
    for (X509Certificate certificate : certificates) {
      generator.addCertificate(new JcaX509CertificateHolder(certificate));
    }
    // Enclosed content must not be the archive, whose end record would be found twice.
    byte[] covered = encapsulated ? new byte[] {1} : content;
    return generator
        .generate(new CMSProcessableByteArray(covered), encapsulated)
        .getEncoded(encoding);
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // Bouncy Castle's interface takes a raw Map
  private static AttributeTable attributesOf(CMSAttributeTableGenerator standard, Map parameters) {
    return standard.getAttributes(parameters);
  }
}
