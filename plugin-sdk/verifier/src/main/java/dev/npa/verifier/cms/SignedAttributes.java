// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/// The signed attributes of one SignerInfo: each of those wanted once with one value, and no other.
///
/// @param binding value of npaBinding; empty bytes where none is wanted
/// @param signedBytes what the signature covers
public record SignedAttributes(
    byte[] messageDigest,
    Instant signingTime,
    ASN1Primitive signingCertificate,
    byte[] binding,
    byte[] signedBytes) {

  private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE =
      PKCSObjectIdentifiers.id_aa_signingCertificateV2;
  private static final ASN1ObjectIdentifier BINDING = new ASN1ObjectIdentifier(Oids.BINDING);
  private static final List<ASN1ObjectIdentifier> PLAIN =
      List.of(
          CMSAttributes.contentType,
          CMSAttributes.messageDigest,
          CMSAttributes.signingTime,
          CMSAttributes.cmsAlgorithmProtect,
          SIGNING_CERTIFICATE);
  private static final List<ASN1ObjectIdentifier> BOUND = with(PLAIN, BINDING);

  /// Whether npaBinding must be among them, or must not: without it a signature on a JAR's
  /// signature file could not be told from one on a package.
  public enum Profile {
    PLAIN,
    BOUND
  }

  static SignedAttributes parse(
      ASN1Set set, SignatureSuite suite, CmsSignedData.Kind kind, Profile profile)
      throws RuleBroken {
    try {
      Map<ASN1ObjectIdentifier, ASN1Primitive> values = values(set);
      requireExactly(profile == Profile.BOUND ? BOUND : PLAIN, values);
      require(values.get(CMSAttributes.contentType).equals(kind.type()), "another content type");
      // RFC 6211: else the algorithms, which the signature does not cover, could be swapped.
      ASN1Object protection =
          new CMSAlgorithmProtection(
              suite.digest(), CMSAlgorithmProtection.SIGNATURE, suite.signature());
      require(
          Der.same(values.get(CMSAttributes.cmsAlgorithmProtect), protection),
          "CMSAlgorithmProtection names other algorithms");
      return new SignedAttributes(
          ASN1OctetString.getInstance(values.get(CMSAttributes.messageDigest)).getOctets(),
          DerTime.signingTime(values.get(CMSAttributes.signingTime)),
          values.get(SIGNING_CERTIFICATE),
          profile == Profile.BOUND ? Der.encoded(values.get(BINDING)) : new byte[0],
          Der.encoded(set));
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  /// Attributes by type, each with its one value.
  static Map<ASN1ObjectIdentifier, ASN1Primitive> values(ASN1Set set)
      throws RuleBroken, IOException {
    Map<ASN1ObjectIdentifier, ASN1Primitive> values = new HashMap<>();
    for (ASN1Encodable element : set) {
      Attribute attribute = Attribute.getInstance(element);
      ASN1ObjectIdentifier type = attribute.getAttrType();
      require(Der.same(attribute, element), type + " has a part that CMS does not define");
      require(attribute.getAttrValues().size() == 1, type + " has not one value");
      ASN1Primitive value = attribute.getAttrValues().getObjectAt(0).toASN1Primitive();
      require(values.put(type, value) == null, type + " is repeated");
    }
    return values;
  }

  private static void requireExactly(
      List<ASN1ObjectIdentifier> wanted, Map<ASN1ObjectIdentifier, ASN1Primitive> values)
      throws RuleBroken {
    List<ASN1ObjectIdentifier> unknown = new ArrayList<>(values.keySet());
    unknown.removeAll(wanted);
    require(unknown.isEmpty(), unknown + " not allowed");
    for (ASN1ObjectIdentifier type : wanted) {
      require(values.containsKey(type), type + " missing");
    }
  }

  boolean covers(byte[] contentDigest) {
    return Arrays.equals(messageDigest, contentDigest);
  }

  private static List<ASN1ObjectIdentifier> with(
      List<ASN1ObjectIdentifier> some, ASN1ObjectIdentifier more) {
    List<ASN1ObjectIdentifier> all = new ArrayList<>(some);
    all.add(more);
    return List.copyOf(all);
  }

  private static void require(boolean condition, String otherwise) throws RuleBroken {
    if (!condition) {
      throw broken(otherwise);
    }
  }

  static RuleBroken broken(String detail) {
    return new RuleBroken(
        RuleId.S008_SIGNED_ATTRIBUTES,
        new Location.Package("signed attributes"),
        detail,
        "sign with this project's tool or its profile");
  }
}
