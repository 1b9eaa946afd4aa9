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
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.BundleContents.Revocation;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    BundleContents sunset =
        BundleContents.of(
                1, NOW.minusSeconds(60), NOW.plusSeconds(60), Hybrid.TRUST.anchors().roots())
            .withSunsets(new TreeMap<>(Map.of(SignatureAlgorithm.EC_P384, NOW)));

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
    Revocation later =
        new Revocation(
            BundleContents.certificateId(Samples.PKI.vendorKey().chain().getFirst()),
            NOW.plusSeconds(1));

    Trust trust = SampleBundle.trust(SampleBundle.contents().withRevoked(List.of(later)));

    assertThat(accepted(signed, trust, NOW.plusSeconds(60)).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void bundleMayRevokeAndDenyThousands() {
    List<Revocation> revoked = new ArrayList<>();
    List<Denial> denied = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      revoked.add(new Revocation("%096x".formatted(i), NOW));
      denied.add(new Denial("%096x".formatted(i), "advisory " + i));
    }
    BundleContents bundle = SampleBundle.contents().withRevoked(revoked).withDenied(denied);

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
    BundleContents bundle =
        SampleBundle.contents().withMinimumGenerations(new TreeMap<>(Map.of("example.nic", 3)));

    assertThat(accepted(Samples.signed(), SampleBundle.trust(bundle), NOW).level())
        .isEqualTo(AcceptanceLevel.PARTNER);
  }

  @Test
  void rootsOfTheBundleReplaceThoseBuiltIn() throws Exception {
    BundleContents bundle =
        BundleContents.of(1, NOW.minusSeconds(60), NOW.plusSeconds(60), OddKeys.ANCHORS.roots());
    byte[] signed =
        new ForgedBlock(Samples.unsigned())
            .by(OddKeys.good(), Samples.manifest().originBinding())
            .seal();

    assertThat(SignedPlugin.check(signed, SampleBundle.trust(bundle), NOW))
        .isInstanceOf(Verdict.Accepted.class);
  }
}
