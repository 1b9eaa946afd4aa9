// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.LocalTimestampAuthority;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the gate makes of packages whose signatures are all good.
class AcceptedSignersTest {

  private static final Instant NOW = Samples.NOW;
  private static final TrustPolicy BOTH =
      TrustPolicy.STANDARD.requiring(EnumSet.allOf(SignatureAlgorithm.class));

  private static SignedPlugin accepted(byte[] bytes, Trust trust, Instant at) {
    return switch (SignedPlugin.check(bytes, trust, at).then(PluginArchive::read)) {
      case Verdict.Accepted<PluginArchive>(PluginArchive archive) -> archive.signed();
      case Verdict.Refused<PluginArchive>(List<Refusal> refusals) ->
          throw new AssertionError(refusals);
    };
  }

  @Test
  void vendorAloneMakesPartner() {
    SignedPlugin plugin = accepted(Samples.signed(), Trust.of(Samples.ANCHORS), NOW);

    assertThat(plugin.level()).isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void enrolledKeyMakesCommunity() throws Exception {
    Trust trust =
        Trust.of(Samples.ANCHORS)
            .enrolling(OddKeys.ANCHORS.roots())
            .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.COMMUNITY));
    byte[] own = PackageSigner.sign(Samples.unsigned(), OddKeys.good(), NOW);

    assertThat(accepted(own, trust, NOW).level()).isEqualTo(AcceptanceLevel.COMMUNITY);
  }

  @Test
  void counterSignatureRaisesLevelAndLeavesContentAlone() throws Exception {
    byte[] signed = Samples.signed();
    byte[] certified =
        PackageSigner.countersign(
            signed,
            AcceptanceLevel.CERTIFIED,
            SigningRequest.of(NOW, Samples.PKI.certifierKey(AcceptanceLevel.CERTIFIED)));
    SignedPlugin plugin = accepted(certified, Trust.of(Samples.ANCHORS), NOW);

    assertThat(plugin.level()).isEqualTo(AcceptanceLevel.CERTIFIED);
    assertThat(plugin.contentId())
        .isEqualTo(accepted(signed, Trust.of(Samples.ANCHORS), NOW).contentId());
    assertThat(plugin.signerName()).isEqualTo("CN=Example NICs");
  }

  @Test
  void levelIsTheOneGrantedNotTheHighestTheCertificateAllows() throws Exception {
    byte[] signed =
        PackageSigner.countersign(
            Samples.signed(),
            AcceptanceLevel.ACCEPTED,
            SigningRequest.of(NOW, Samples.PKI.certifierKey(AcceptanceLevel.CERTIFIED)));

    assertThat(accepted(signed, Trust.of(Samples.ANCHORS), NOW).level())
        .isEqualTo(AcceptanceLevel.ACCEPTED);
  }

  @Test
  void bothAlgorithmsSatisfyPolicyThatWantsBoth() {
    SignedPlugin plugin = accepted(Hybrid.signed(), Hybrid.TRUST.under(BOTH), NOW);

    assertThat(plugin.signatures())
        .extracting(PackageSignature::algorithm)
        .containsExactlyInAnyOrder(SignatureAlgorithm.EC_P384, SignatureAlgorithm.ML_DSA_65);
  }

  @Test
  void postQuantumSignatureOutlivesSunsetOfTheOther() {
    BundleDraft sunset =
        new BundleDraft(NOW.minusSeconds(60))
            .serial(1)
            .expires(NOW.plusSeconds(60))
            .roots(Hybrid.TRUST.anchors().roots())
            .sunset(SignatureAlgorithm.EC_P384, NOW);

    assertThat(accepted(Hybrid.signed(), SampleBundle.trust(sunset), NOW).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void signerRefusesKeysThatManifestDoesNotPromise() {
    assertThatThrownBy(() -> PackageSigner.sign(Samples.unsigned(), Hybrid.request()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("promises [EC_P384]");
  }

  @Test
  void timestampCarriesSignatureOverItsCertificatesEnd() throws Exception {
    SigningKey brief = OddKeys.valid(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(1)));
    SigningRequest request =
        SigningRequest.of(NOW, brief)
            .timestampedBy(Samples.PKI.timestampAuthority(InstantSource.fixed(NOW)));
    byte[] signed = PackageSigner.sign(Samples.unsigned(), request);
    Trust trust = Trust.of(OddKeys.ANCHORS).timestampedBy(Samples.ANCHORS.roots());

    SignedPlugin plugin = accepted(signed, trust, NOW.plus(Duration.ofDays(20)));

    PackageSignature.Timestamp timestamp = plugin.signatures().getFirst().timestamp().orElseThrow();
    assertThat(timestamp).isEqualTo(new PackageSignature.Timestamp(NOW, "CN=timestamps"));
  }

  @Test
  void timestampShowsSignatureToBeOlderThanRevocation() throws Exception {
    LocalTimestampAuthority authority = Samples.PKI.timestampAuthority(InstantSource.fixed(NOW));
    byte[] signed =
        PackageSigner.sign(
            Samples.unsigned(),
            SigningRequest.of(NOW, Samples.PKI.vendorKey()).timestampedBy(authority));
    X509Certificate leaf = Samples.PKI.vendorKey().chain().getFirst();

    Trust trust = SampleBundle.trust(SampleBundle.draft().revoke(leaf, NOW.plusSeconds(1)));

    assertThat(accepted(signed, trust, NOW.plusSeconds(60)).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void bundleMayRevokeAndDenyThousands() throws Exception {
    List<X509Certificate> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(Samples.otherVendor().chain().getFirst());
    }
    BundleDraft bundle = SampleBundle.draft();
    for (int i = 0; i < 3_000; i++) {
      bundle.revoke(others.get(i % 3), NOW.plusSeconds(i)).deny("%096x".formatted(i), "no " + i);
    }

    assertThat(accepted(Samples.signed(), SampleBundle.trust(bundle), NOW).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void timestampTokenMayShipItsRoot() throws Exception {
    LocalTimestampAuthority plain = Samples.PKI.timestampAuthority(InstantSource.fixed(NOW));
    List<X509Certificate> withRoot = new ArrayList<>(plain.key().chain());
    withRoot.add(Samples.PKI.root());
    LocalTimestampAuthority authority =
        new LocalTimestampAuthority(
            new SigningKey(plain.key().privateKey(), withRoot), plain.clock());
    byte[] signed =
        PackageSigner.sign(
            Samples.unsigned(),
            SigningRequest.of(NOW, Samples.PKI.vendorKey()).timestampedBy(authority));

    assertThat(accepted(signed, Trust.of(Samples.ANCHORS), NOW).signatures().getFirst().timestamp())
        .isPresent();
  }

  @Test
  void minimumGenerationItselfPasses() {
    BundleDraft bundle = SampleBundle.draft().minimum("example.nic", 3);

    assertThat(accepted(Samples.signed(), SampleBundle.trust(bundle), NOW).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void rootsOfTheBundleReplaceThoseBuiltIn() throws Exception {
    BundleDraft bundle =
        new BundleDraft(NOW.minusSeconds(60))
            .serial(1)
            .expires(NOW.plusSeconds(60))
            .roots(OddKeys.ANCHORS.roots());
    byte[] signed =
        new ForgedBlock(Samples.unsigned())
            .by(OddKeys.good(), Samples.manifest().originBinding())
            .seal();

    assertThat(SignedPlugin.check(signed, SampleBundle.trust(bundle), NOW))
        .isInstanceOf(Verdict.Accepted.class);
  }
}
