// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.SignatureClaim;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.cms.TimestampToken;
import dev.npa.verifier.stage.RuleBroken;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.SignerInfo;

/// Reads what signatures say without asking whether it is true.
public final class SignatureClaims {

  private SignatureClaims() {}

  public static List<SignatureClaim> read(CmsSignedData data) throws RuleBroken {
    List<X509Certificate> certificates = data.certificates();
    List<SignatureClaim> claims = new ArrayList<>();
    for (SignerInfo info : data.signers()) {
      SignerCheck signer = SignerCheck.unchecked(info, certificates);
      Optional<Instant> timestamp = Optional.empty();
      Optional<byte[]> token = signer.timestampToken();
      if (token.isPresent()) {
        timestamp = Optional.of(TimestampToken.read(token.get(), signer.value()).time());
      }
      claims.add(
          new SignatureClaim(
              signer.suite().algorithm(),
              NpaBinding.parse(signer.attributes().binding()),
              signer.path().certificates(),
              signer.attributes().signingTime(),
              timestamp,
              signer.value()));
    }
    return List.copyOf(claims);
  }
}
