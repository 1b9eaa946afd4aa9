// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/// The six signed attributes of one SignerInfo: each present once with one value, and no seventh.
public record SignedAttributes(
    byte[] messageDigest,
    Instant signingTime,
    ASN1Primitive signingCertificate,
    ASN1Primitive binding,
    byte[] signedBytes) {

  private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE =
      PKCSObjectIdentifiers.id_aa_signingCertificateV2;
  private static final Set<ASN1ObjectIdentifier> REQUIRED =
      Set.of(
          CMSAttributes.contentType,
          CMSAttributes.messageDigest,
          CMSAttributes.signingTime,
          CMSAttributes.cmsAlgorithmProtect,
          SIGNING_CERTIFICATE,
          CmsProfile.BINDING);

  public static SignedAttributes parse(ASN1Set set) throws RuleBroken {
    Map<ASN1ObjectIdentifier, ASN1Primitive> values = new LinkedHashMap<>();
    try {
      for (ASN1Encodable element : set) {
        Attribute attribute = Attribute.getInstance(element);
        ASN1ObjectIdentifier type = attribute.getAttrType();
        require(Der.same(attribute, element), type + " has a part that CMS does not define");
        require(attribute.getAttrValues().size() == 1, type + " has not one value");
        ASN1Primitive value = attribute.getAttrValues().getObjectAt(0).toASN1Primitive();
        require(values.put(type, value) == null, type + " is repeated");
      }
      List<ASN1ObjectIdentifier> unknown = new ArrayList<>(values.keySet());
      unknown.removeAll(REQUIRED);
      require(unknown.isEmpty(), unknown + " not allowed");
      for (ASN1ObjectIdentifier type : REQUIRED) {
        require(values.containsKey(type), type + " missing");
      }
      require(values.get(CMSAttributes.contentType).equals(CmsProfile.CONTENT), "not id-data");
      // RFC 6211: else the algorithms, which the signature does not cover, could be swapped.
      ASN1Object protection =
          new CMSAlgorithmProtection(
              CmsProfile.DIGEST, CMSAlgorithmProtection.SIGNATURE, CmsProfile.SIGNATURE);
      require(
          Der.same(values.get(CMSAttributes.cmsAlgorithmProtect), protection),
          "CMSAlgorithmProtection names other algorithms");
      return new SignedAttributes(
          ASN1OctetString.getInstance(values.get(CMSAttributes.messageDigest)).getOctets(),
          Time.getInstance(values.get(CMSAttributes.signingTime)).getDate().toInstant(),
          values.get(SIGNING_CERTIFICATE),
          values.get(CmsProfile.BINDING),
          Der.encoded(set));
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  public boolean covers(byte[] contentDigest) {
    return Arrays.equals(messageDigest, contentDigest);
  }

  private static void require(boolean condition, String otherwise) throws RuleBroken {
    if (!condition) {
      throw broken(otherwise);
    }
  }

  private static RuleBroken broken(String detail) {
    return new RuleBroken(
        RuleId.S008_SIGNED_ATTRIBUTES,
        new Location.Package("signed attributes"),
        detail,
        "sign with this project's tool or its profile");
  }
}
