// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/// Joins the SignerInfos of several CMS blocks over one content into one block. Those that are
/// there already stay as they are, byte for byte.
final class SignedDataUnion {

  private final Set<ASN1Primitive> digests = new LinkedHashSet<>();
  private final Set<ASN1Primitive> certificates = new LinkedHashSet<>();
  private final Set<ASN1Primitive> signers = new LinkedHashSet<>();
  private Optional<ContentInfo> content = Optional.empty();

  static SignedData parse(byte[] der) throws IOException {
    ContentInfo outer = ContentInfo.getInstance(ASN1Primitive.fromByteArray(der));
    return SignedData.getInstance(outer.getContent());
  }

  SignedDataUnion add(SignedData block) {
    content = Optional.of(block.getEncapContentInfo());
    addAll(digests, block.getDigestAlgorithms());
    addAll(certificates, block.getCertificates());
    addAll(signers, block.getSignerInfos());
    return this;
  }

  /// The same block with an RFC 3161 token on its one signature.
  static SignedData timestamped(SignedData block, TimestampSource source)
      throws IOException, java.security.GeneralSecurityException {
    SignerInfo signer = SignerInfo.getInstance(block.getSignerInfos().getObjectAt(0));
    return withToken(block, signer, source.token(signer.getEncryptedDigest().getOctets()));
  }

  static SignedData withToken(SignedData block, SignerInfo signer, byte[] token)
      throws IOException {
    Attribute attribute =
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
            new DERSet(ASN1Primitive.fromByteArray(token)));
    SignerInfo stamped =
        new SignerInfo(
            signer.getSID(),
            signer.getDigestAlgorithm(),
            signer.getAuthenticatedAttributes(),
            signer.getDigestEncryptionAlgorithm(),
            signer.getEncryptedDigest(),
            new DERSet(attribute));
    ASN1EncodableVector all = new ASN1EncodableVector();
    for (ASN1Encodable other : block.getSignerInfos()) {
      boolean same =
          Arrays.equals(
              other.toASN1Primitive().getEncoded(ASN1Encoding.DER),
              signer.getEncoded(ASN1Encoding.DER));
      all.add(same ? stamped : other);
    }
    return new SignedData(
        block.getDigestAlgorithms(),
        block.getEncapContentInfo(),
        block.getCertificates(),
        null,
        new DERSet(all));
  }

  byte[] encoded() throws IOException {
    SignedData data =
        new SignedData(set(digests), content.orElseThrow(), set(certificates), null, set(signers));
    return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.DER);
  }

  private static void addAll(Set<ASN1Primitive> to, ASN1Set from) {
    for (ASN1Encodable element : from) {
      to.add(element.toASN1Primitive());
    }
  }

  private static DERSet set(Set<ASN1Primitive> elements) {
    ASN1EncodableVector vector = new ASN1EncodableVector();
    elements.forEach(vector::add);
    return new DERSet(vector);
  }
}
