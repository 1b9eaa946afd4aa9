// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.cms.CertificatePurpose;
import dev.npa.verifier.cms.TimestampToken;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/// One query to a timestamp authority and its response, however the two are carried.
public final class TimestampExchange {
  /// Responses of authorities that send their whole chain stay far below.
  public static final int MAX_RESPONSE_BYTES = 64 << 10;

  private static final int SEQUENCE = 0x30;

  private final byte[] signature;
  private final byte[] query;

  private TimestampExchange(byte[] signature, byte[] query) {
    this.signature = signature;
    this.query = query;
  }

  /// @param signature what is to be timestamped
  public static TimestampExchange about(byte[] signature)
      throws IOException, GeneralSecurityException {
    byte[] imprint = MessageDigest.getInstance("SHA-384").digest(signature);
    TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
    requests.setCertReq(true);
    BigInteger nonce = new BigInteger(64, new SecureRandom());
    byte[] query = requests.generate(NISTObjectIdentifiers.id_sha384, imprint, nonce).getEncoded();
    return new TimestampExchange(signature.clone(), query);
  }

  /// A TimeStampReq, DER, with a nonce: what goes into a `.tsq` file.
  public byte[] query() {
    return query.clone();
  }

  /// Whether these bytes are all of a response, and not the beginning of one that is still being
  /// written: whether the outer SEQUENCE ends where they end.
  ///
  /// @throws GeneralSecurityException if no more bytes would make a response of them
  public static boolean isWhole(byte[] response) throws GeneralSecurityException {
    if (response.length == 0) {
      return false;
    }
    if (response[0] != SEQUENCE) {
      throw new GeneralSecurityException("not a timestamp response: no DER SEQUENCE");
    }
    if (response.length == 1) {
      return false;
    }
    int first = response[1] & 0xff;
    int lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (first == 0x80 || lengthBytes > 3) {
      throw new GeneralSecurityException("not a timestamp response: its length is not DER's");
    }
    if (response.length < 2 + lengthBytes) {
      return false;
    }
    int length = lengthBytes == 0 ? first : 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | response[2 + i] & 0xff;
    }
    int end = 2 + lengthBytes + length;
    if (end > MAX_RESPONSE_BYTES || response.length > end) {
      throw new GeneralSecurityException(
          "not a timestamp response: %d bytes, of which it speaks for %d; most %d"
              .formatted(response.length, end, MAX_RESPONSE_BYTES));
    }
    return response.length == end;
  }

  /// The token in a TimeStampResp, which must answer this query, and be one that the gate takes
  /// from whoever trusts its authority: a package with another would be refused by everybody.
  ///
  /// @throws GeneralSecurityException if it is no response, a refusal, to another query, or no
  ///   timestamp
  public byte[] token(byte[] response) throws GeneralSecurityException {
    if (!isWhole(response)) {
      throw new GeneralSecurityException("not a timestamp response: it is cut short");
    }
    try {
      TimeStampResponse answer = parse(response);
      answer.validate(new TimeStampRequest(query));
      if (answer.getTimeStampToken() == null) {
        throw new GeneralSecurityException(
            "the timestamp authority refuses: " + answer.getStatusString());
      }
      byte[] token = canonical(answer.getTimeStampToken().toCMSSignedData().getEncoded());
      requireUsable(token);
      return token;
    } catch (TSPException | IOException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("not an answer to this query: " + e.getMessage(), e);
    }
  }

  /// Bouncy Castle meets some malformed tokens with whatever its code runs into, as a
  /// NullPointerException; it says no all the same.
  private static TimeStampResponse parse(byte[] response) throws TSPException, IOException {
    try {
      return new TimeStampResponse(response);
    } catch (RuntimeException e) {
      throw new TSPException("it cannot be read", e);
    }
  }

  /// The gate reads DER alone, and few authorities write it: OpenSSL's certificates, for one, stand
  /// in any order. What the authority signed is DER in any case, and stays as it is.
  private static byte[] canonical(byte[] token) throws IOException {
    SignedData data = SignedDataUnion.parse(token);
    return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.DER);
  }

  private void requireUsable(byte[] der) throws GeneralSecurityException {
    try {
      TimestampToken token = TimestampToken.read(der, signature);
      CertificatePurpose.TIMESTAMPING.require(token.path().leaf());
      token.requireSignature();
    } catch (RuleBroken e) {
      throw new GeneralSecurityException(
          "a timestamp that the gate refuses: %s %s: %s"
              .formatted(e.refusal().rule().id(), e.refusal().location(), e.refusal().detail()),
          e);
    }
  }
}
