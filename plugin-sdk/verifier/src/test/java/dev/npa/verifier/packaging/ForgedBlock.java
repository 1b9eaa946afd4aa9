// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PluginBinding;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// A signature block of any signers over the sample package, each with a timestamp or without.
public final class ForgedBlock {

  private final byte[] range;
  private final SignedDataUnion union = new SignedDataUnion();
  private Instant time = Samples.NOW;

  public ForgedBlock(byte[] unsigned) {
    range = Arrays.copyOf(unsigned, unsigned.length - 2);
  }

  /// Adds what is in a block already.
  public ForgedBlock keeping(byte[] block) throws IOException {
    union.add(SignedDataUnion.parse(block));
    return this;
  }

  public ForgedBlock time(Instant signingTime) {
    time = signingTime;
    return this;
  }

  public ForgedBlock by(SigningKey key, PluginBinding binding)
      throws IOException, GeneralSecurityException {
    union.add(signedData(key, binding));
    return this;
  }

  public ForgedBlock stamped(SigningKey key, PluginBinding binding, TimestampSource source)
      throws IOException, GeneralSecurityException {
    union.add(SignedDataUnion.timestamped(signedData(key, binding), source));
    return this;
  }

  /// Stamped, with the token changed.
  public ForgedBlock stamped(
      SigningKey key, PluginBinding binding, TimestampSource source, UnaryOperator<byte[]> change)
      throws IOException, GeneralSecurityException {
    return stamped(key, binding, signature -> change.apply(source.token(signature)));
  }

  /// Two tokens in one attribute, where RFC 3161 and the profile want one.
  public ForgedBlock stampedTwice(SigningKey key, PluginBinding binding, TimestampSource source)
      throws IOException, GeneralSecurityException {
    SignedData data = signedData(key, binding);
    SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    byte[] signature = signer.getEncryptedDigest().getOctets();
    ASN1EncodableVector tokens = new ASN1EncodableVector();
    tokens.add(ASN1Primitive.fromByteArray(source.token(signature)));
    tokens.add(ASN1Primitive.fromByteArray(source.token(signature)));
    Attribute attribute =
        new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(tokens));
    SignerInfo stamped =
        new SignerInfo(
            signer.getSID(),
            signer.getDigestAlgorithm(),
            signer.getAuthenticatedAttributes(),
            signer.getDigestEncryptionAlgorithm(),
            signer.getEncryptedDigest(),
            new DERSet(attribute));
    union.add(
        new SignedData(
            data.getDigestAlgorithms(),
            data.getEncapContentInfo(),
            data.getCertificates(),
            null,
            new DERSet(stamped)));
    return this;
  }

  private SignedData signedData(SigningKey key, PluginBinding binding)
      throws IOException, GeneralSecurityException {
    CmsSigner signer = new CmsSigner(key, Optional.of(binding), time);
    return SignedDataUnion.parse(
        signer
            .sign(new CMSProcessableByteArray(range), false)
            .toASN1Structure()
            .getEncoded(ASN1Encoding.DER));
  }

  /// A signed package with another block in the place of its own.
  public static byte[] reseal(byte[] signed, byte[] block) {
    return PackageSigner.append(Samples.signedRange(signed), block);
  }

  /// The package with this block behind it.
  public byte[] seal() throws IOException {
    return PackageSigner.append(range, union.encoded());
  }
}
