// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/// Queries to a timestamp authority and its responses, as files or over a network.
public final class TimestampExchange {

  private TimestampExchange() {}

  /// A TimeStampReq, DER, with a nonce: what goes into a `.tsq` file.
  ///
  /// @param signature what is to be timestamped
  public static byte[] query(byte[] signature) throws IOException, GeneralSecurityException {
    byte[] imprint = MessageDigest.getInstance("SHA-384").digest(signature);
    TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
    requests.setCertReq(true);
    BigInteger nonce = new BigInteger(64, new SecureRandom());
    return requests.generate(NISTObjectIdentifiers.id_sha384, imprint, nonce).getEncoded();
  }

  /// The token in a TimeStampResp, which must answer the query.
  ///
  /// @throws GeneralSecurityException if it is no response, or a refusal, or to another query
  public static byte[] token(byte[] response, byte[] query)
      throws IOException, GeneralSecurityException {
    try {
      TimeStampResponse answer = new TimeStampResponse(response);
      answer.validate(new TimeStampRequest(query));
      if (answer.getTimeStampToken() == null) {
        throw new GeneralSecurityException(
            "the timestamp authority refuses: " + answer.getStatusString());
      }
      return answer
          .getTimeStampToken()
          .toCMSSignedData()
          .toASN1Structure()
          .getEncoded(ASN1Encoding.DER);
    } catch (TSPException | IllegalArgumentException e) {
      throw new GeneralSecurityException("not an answer to this query: " + e.getMessage(), e);
    }
  }
}
