// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;

/// An RFC 3161 token: somebody says that a signature existed at a time. Which algorithms that
/// somebody uses is not this project's choice, so more are taken here than from signers.
///
/// Reading it checks that it is DER by one signer, and about this signature. Who that is, is for
/// others to judge ({@link #path()}); only then is its own signature worth checking ({@link
/// #requireSignature()}).
public record TimestampToken(
    Instant time, CertificatePath path, SignerInfo signer, byte[] content) {

  private static final Location TOKEN = new Location.Package("timestamp");
  private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE =
      PKCSObjectIdentifiers.id_aa_signingCertificateV2;

  /// @param timestamped the signature that the token must be about
  public static TimestampToken read(byte[] der, byte[] timestamped) throws RuleBroken {
    CmsSignedData token = CmsSignedData.parse(der, CmsSignedData.Kind.TIMESTAMP);
    if (token.signers().size() != 1) {
      throw broken("not one signer");
    }
    SignerInfo signer = token.signers().getFirst();
    if (!signer.getVersion().hasValue(1)) {
      throw broken("SignerInfo version is not 1"); // RFC 5652, section 5.3; nobody signs it
    }
    Instant time;
    try {
      TSTInfo info = TSTInfo.getInstance(token.content());
      if (!Arrays.equals(Der.encoded(info), token.content())) {
        throw broken("TSTInfo is not DER");
      }
      if (!info.getVersion().hasValue(1) || info.getExtensions() != null) {
        throw broken("another version, or extensions");
      }
      requireImprint(info.getMessageImprint(), timestamped);
      time = DerTime.generalized(info.getGenTime());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw broken("unreadable: " + e.getMessage());
    }
    List<X509Certificate> certificates = token.certificates();
    CertificatePath path =
        CertificatePath.order(SignerCheck.leaf(signer, certificates), certificates);
    return new TimestampToken(time, path, signer, token.content());
  }

  private static void requireImprint(MessageImprint imprint, byte[] timestamped) throws RuleBroken {
    TimestampAlgorithm.Digest digest =
        TimestampAlgorithm.digest(imprint.getHashAlgorithm().getAlgorithm())
            .orElseThrow(() -> broken("imprint by " + imprint.getHashAlgorithm().getAlgorithm()));
    byte[] expected = Jca.digest(digest.jcaName()).digest(timestamped);
    if (!Arrays.equals(expected, imprint.getHashedMessage())) {
      throw broken("it is about other bytes than this signature");
    }
  }

  /// Attributes, digest, and the token's own signature.
  public void requireSignature() throws RuleBroken {
    X509Certificate leaf = path.leaf();
    try {
      if (signer.getAuthenticatedAttributes() == null) {
        throw broken("no signed attributes");
      }
      TimestampAlgorithm algorithm = TimestampAlgorithm.of(signer);
      Map<ASN1ObjectIdentifier, ASN1Primitive> values =
          SignedAttributes.values(signer.getAuthenticatedAttributes());
      byte[] digest = Jca.digest(algorithm.digest().jcaName()).digest(content);
      if (!PKCSObjectIdentifiers.id_ct_TSTInfo.equals(values.get(CMSAttributes.contentType))
          || !(values.get(CMSAttributes.messageDigest) instanceof ASN1OctetString signed)
          || !Arrays.equals(signed.getOctets(), digest)) {
        throw broken("the signed attributes are about other content");
      }
      requireNamed(values, leaf);
      Signature signature = algorithm.signature();
      signature.initVerify(leaf.getPublicKey());
      signature.update(Der.encoded(signer.getAuthenticatedAttributes()));
      if (!signature.verify(signer.getEncryptedDigest().getOctets())) {
        throw broken("its signature does not verify");
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw broken("its signature cannot be checked: " + e.getMessage());
    }
  }

  /// RFC 5816; the older attribute, which names the certificate by SHA-1, is not enough.
  private static void requireNamed(
      Map<ASN1ObjectIdentifier, ASN1Primitive> values, X509Certificate leaf)
      throws RuleBroken, CertificateEncodingException {
    if (!(values.get(SIGNING_CERTIFICATE) instanceof ASN1Sequence sequence)) {
      throw broken("does not name its certificate by signingCertificateV2");
    }
    ESSCertIDv2[] named = SigningCertificateV2.getInstance(sequence).getCerts();
    if (named.length > 0) {
      var digest = TimestampAlgorithm.digest(named[0].getHashAlgorithm().getAlgorithm());
      if (digest.isPresent()
          && Arrays.equals(
              Jca.digest(digest.get().jcaName()).digest(leaf.getEncoded()),
              named[0].getCertHashObject().getOctets())) {
        return;
      }
    }
    throw broken("names another certificate");
  }

  static RuleBroken broken(String detail) {
    return new RuleBroken(
        RuleId.S025_TIMESTAMP_INVALID, TOKEN, detail, "get the package again from its vendor");
  }
}
