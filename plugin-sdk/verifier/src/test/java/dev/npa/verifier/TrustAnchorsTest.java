// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.verifier.packaging.ForgedCms;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.TrustAnchors;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustAnchorsTest {

  private static final X509Certificate ROOT = Samples.PKI.root();

  @Test
  void readsDer() throws Exception {
    assertThat(TrustAnchors.parse(ROOT.getEncoded()).roots()).containsExactly(ROOT);
  }

  @Test
  void readsSeveralPem() throws Exception {
    X509Certificate other = Samples.pki("Other", Samples.NOW).root();

    assertThat(
            TrustAnchors.parse((pem(ROOT) + pem(other)).getBytes(StandardCharsets.US_ASCII))
                .roots())
        .containsExactly(ROOT, other);
  }

  @Test
  void refusesWhatIsNoCertificate() {
    assertThatThrownBy(() -> TrustAnchors.parse(new byte[] {1, 2, 3}))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void refusesLeafAsRoot() {
    X509Certificate leaf = Samples.PKI.vendorKey().chain().getFirst();

    assertThatThrownBy(() -> TrustAnchors.of(leaf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Example NICs");
  }

  @Test
  void refusesToTrustNobody() {
    assertThatThrownBy(() -> TrustAnchors.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anchorsChainsThroughAnIntermediate() throws Exception {
    byte[] signed = new ForgedCms(OddKeys.belowIntermediate()).sign(Samples.unsigned());

    assertThat(SignedPlugin.check(signed, OddKeys.ANCHORS, Samples.NOW))
        .isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void findsRightRootAmongSeveral() {
    X509Certificate other = Samples.pki("Example NICs", Samples.NOW).root();

    assertThat(SignedPlugin.check(Samples.signed(), TrustAnchors.of(other, ROOT), Samples.NOW))
        .isInstanceOf(Verdict.Accepted.class);
  }

  private static String pem(X509Certificate certificate) throws CertificateException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
