// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// One CMS SignedData (RFC 5652), read from DER and from nothing else.
///
/// What is read is written again and compared, so nothing in the block can go unnoticed. What it
/// holds is not trusted yet: that is {@link SignerCheck}'s work.
///
/// @param content the enclosed content; empty where it is detached
public record CmsSignedData(byte[] content, ASN1Set certificateSet, List<SignerInfo> signers) {

  private static final int MAX_CERTIFICATES = 12;
  private static final int MAX_SIGNERS = 4;
  private static final Location BLOCK = new Location.Package("signature block");

  /// What is signed. RFC 5652, section 5.1: any type but data makes it version 3.
  public enum Kind {
    /// Bytes beside the block: a package, or a JAR's signature file.
    DETACHED("1.2.840.113549.1.7.1", false, 1),
    /// A trust bundle, enclosed.
    TRUST_BUNDLE(Oids.TRUST_BUNDLE, true, 3),
    /// A timestamp authority's TSTInfo (RFC 3161), enclosed.
    TIMESTAMP("1.2.840.113549.1.9.16.1.4", true, 3);

    private final String type;
    private final boolean enclosed;
    private final int version;

    Kind(String type, boolean enclosed, int version) {
      this.type = type;
      this.enclosed = enclosed;
      this.version = version;
    }

    ASN1ObjectIdentifier type() {
      return new ASN1ObjectIdentifier(type);
    }
  }

  public static CmsSignedData parse(byte[] der, Kind kind) throws RuleBroken {
    DerScan.check(der);
    ASN1Primitive value = read(der);
    SignedData data;
    List<SignerInfo> signers = new ArrayList<>();
    try {
      ContentInfo outer = ContentInfo.getInstance(value);
      require(CMSObjectIdentifiers.signedData.equals(outer.getContentType()), "not SignedData");
      require(outer.getContent() != null, "SignedData is empty");
      data = SignedData.getInstance(outer.getContent());
      requireSame(new ContentInfo(CMSObjectIdentifiers.signedData, data), value, "SignedData");
      require(data.getSignerInfos().size() <= MAX_SIGNERS, "more signers than " + MAX_SIGNERS);
      for (ASN1Encodable signer : data.getSignerInfos()) {
        SignerInfo info = SignerInfo.getInstance(signer);
        requireSame(info, signer, "SignerInfo");
        signers.add(info);
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw profile(String.valueOf(e.getMessage()));
    }
    require(data.getVersion().hasValue(kind.version), "SignedData version is not " + kind.version);
    require(data.getCRLs() == null, "holds revocation lists");
    byte[] content = content(data.getEncapContentInfo(), kind);
    if (signers.isEmpty()) {
      throw new RuleBroken(RuleId.S007_SIGNATURE_SET, BLOCK, "no SignerInfo", "sign it");
    }
    requireDigests(data, signers);
    require(data.getCertificates() != null, "holds no certificate");
    require(
        data.getCertificates().size() <= MAX_CERTIFICATES,
        "more certificates than " + MAX_CERTIFICATES);
    return new CmsSignedData(content, data.getCertificates(), List.copyOf(signers));
  }

  private static byte[] content(ContentInfo content, Kind kind) throws RuleBroken {
    require(kind.type().equals(content.getContentType()), "content is not " + kind.type);
    if (!kind.enclosed) {
      require(content.getContent() == null, "the content is inside, not detached");
      return new byte[0];
    }
    if (content.getContent() instanceof ASN1OctetString octets) {
      return octets.getOctets();
    }
    throw profile("the content is not inside");
  }

  /// Exactly the digests that the signers name.
  private static void requireDigests(SignedData data, List<SignerInfo> signers) throws RuleBroken {
    List<AlgorithmIdentifier> named = new ArrayList<>();
    for (SignerInfo signer : signers) {
      if (!named.contains(signer.getDigestAlgorithm())) {
        named.add(signer.getDigestAlgorithm());
      }
    }
    ASN1EncodableVector wanted = new ASN1EncodableVector(named.size());
    named.forEach(wanted::add);
    if (!data.getDigestAlgorithms().equals(new DERSet(wanted))) {
      throw new RuleBroken(
          RuleId.S005_WRONG_ALGORITHM,
          BLOCK,
          "digestAlgorithms are not those of the signers",
          "sign with this project's tool or its profile");
    }
  }

  private static ASN1Primitive read(byte[] der) throws RuleBroken {
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(der);
      if (Arrays.equals(Der.encoded(value), der)) {
        return value;
      }
    } catch (IOException | RuntimeException e) {
      throw notDer(String.valueOf(e.getMessage()));
    }
    throw notDer("encoding it again gives other bytes");
  }

  /// The certificates in the block, for whoever has seen that the signature is about this package.
  public List<X509Certificate> certificates() throws RuleBroken {
    List<X509Certificate> certificates = new ArrayList<>();
    for (ASN1Encodable element : certificateSet) {
      require(element instanceof ASN1Sequence, "holds an obsolete kind of certificate");
      try {
        byte[] encoded = Der.encoded(element);
        X509Certificate certificate =
            (X509Certificate) Jca.x509().generateCertificate(new ByteArrayInputStream(encoded));
        require(!certificates.contains(certificate), "holds a certificate twice");
        certificates.add(certificate);
      } catch (IOException | CertificateException e) {
        throw profile("unreadable certificate: " + e.getMessage());
      }
    }
    return List.copyOf(certificates);
  }

  /// A parser that skips what it does not know writes something else than it read.
  private static void requireSame(ASN1Encodable parsed, ASN1Encodable source, String what)
      throws RuleBroken, IOException {
    require(Der.same(parsed, source), what + " has a part that CMS does not define");
  }

  private static void require(boolean condition, String otherwise) throws RuleBroken {
    if (!condition) {
      throw profile(otherwise);
    }
  }

  public static RuleBroken profile(String detail) {
    return new RuleBroken(
        RuleId.S018_CMS_PROFILE, BLOCK, detail, "sign with this project's tool or its profile");
  }

  private static RuleBroken notDer(String detail) {
    return new RuleBroken(
        RuleId.S004_NOT_DER, BLOCK, detail, "sign again with a tool that writes DER");
  }
}
