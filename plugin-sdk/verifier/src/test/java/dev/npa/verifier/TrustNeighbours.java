// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Packages that what the host has decided just lets pass, and bundles that are just good.
final class TrustNeighbours {

  private static final byte[] SIGNED = Samples.signed();
  private static final Instant NOW = Samples.NOW;

  private TrustNeighbours() {}

  static Stream<Neighbour> all() {
    try {
      return Stream.of(packages(), bundles()).flatMap(List::stream);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Neighbour> packages() throws GeneralSecurityException, IOException {
    BundleDraft sunset =
        new BundleDraft(NOW.minusSeconds(60))
            .serial(1)
            .expires(NOW.plusSeconds(60))
            .roots(Hybrid.TRUST.anchors().roots())
            .sunset(SignatureAlgorithm.EC_P384, NOW);
    return List.of(
        under(
            RuleId.T003_GENERATION,
            "the minimum generation itself",
            SampleBundle.draft().minimum("example.nic", 3)),
        Neighbour.of(RuleId.T006_REVOKED, "timestamped a second before", timestamped())
            .under(
                SampleBundle.trust(
                    SampleBundle.draft().revoke(vendorCertificate(), NOW.plusSeconds(1)))),
        under(
            RuleId.T007_DENIED,
            "another package denied",
            SampleBundle.draft().deny("0".repeat(96), "advisory 7")),
        under(
            RuleId.T008_ALGORITHM_SUNSET,
            "P-384 counts for a second more",
            SampleBundle.draft().sunset(SignatureAlgorithm.EC_P384, NOW.plusSeconds(1))),
        Neighbour.of(RuleId.T008_ALGORITHM_SUNSET, "the other algorithm counts", Hybrid.signed())
            .under(SampleBundle.trust(sunset)),
        under(
            RuleId.T009_FORMAT,
            "the minimum format itself",
            SampleBundle.draft().minimumFormat(PackageFormat.FORMAT)),
        Neighbour.of(RuleId.T010_LEVEL, "partner where partner is wanted", SIGNED)
            .under(
                Trust.of(Samples.ANCHORS)
                    .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.PARTNER))),
        Neighbour.of(
                RuleId.T010_LEVEL,
                "an enrolled key where community is enough",
                PackageSigner.sign(Samples.unsigned(), OddKeys.good(), NOW))
            .under(
                Trust.of(Samples.ANCHORS)
                    .enrolling(OddKeys.ANCHORS.roots())
                    .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.COMMUNITY))),
        Neighbour.of(RuleId.T011_BUNDLE_MISSING, "none, and none is wanted", SIGNED));
  }

  private static List<Neighbour> bundles() throws GeneralSecurityException {
    BundleContents contents = SampleBundle.draft().contents();
    byte[] good = SampleBundle.signed(contents);
    Trust this118 =
        Trust.of(Samples.ANCHORS).under(TrustPolicy.STANDARD.notBefore(contents.serial()));
    return List.of(
        Neighbour.bundle(RuleId.T001_BUNDLE_MALFORMED, "as written", good),
        Neighbour.bundle(RuleId.T002_BUNDLE_SIGNATURE, "by the platform's key for bundles", good),
        Neighbour.bundle(
                RuleId.T002_BUNDLE_SIGNATURE,
                "by a key below an issuer for bundles",
                BundleSigner.sign(
                    contents,
                    SigningRequest.of(
                        NOW,
                        OddKeys.below(
                            CertificateUse.trustBundleIssuer(), CertificateUse.trustBundle()))))
            .under(Trust.of(OddKeys.ANCHORS)),
        Neighbour.bundle(
            RuleId.T002_BUNDLE_SIGNATURE,
            "revokes its own signer from a second later on",
            SampleBundle.signed(
                SampleBundle.draft()
                    .revoke(SampleBundle.signer(), contents.issued().plusSeconds(1))
                    .contents())),
        Neighbour.bundle(RuleId.T004_BUNDLE_ROLLBACK, "the one taken before, again", good)
            .under(this118),
        Neighbour.bundle(RuleId.T005_BUNDLE_EXPIRED, "in its last second", good)
            .at(contents.expires().minusSeconds(1)),
        Neighbour.bundle(RuleId.T012_BUNDLE_FROM_FUTURE, "in its first second", good)
            .at(contents.issued()));
  }

  private static byte[] timestamped() throws GeneralSecurityException, IOException {
    return PackageSigner.sign(
        Samples.unsigned(),
        SigningRequest.of(NOW, Samples.PKI.vendorKey())
            .timestampedBy(Samples.PKI.timestampAuthority(InstantSource.fixed(NOW))));
  }

  private static X509Certificate vendorCertificate() {
    return Samples.PKI.vendorKey().chain().getFirst();
  }

  private static Neighbour under(RuleId rule, String name, BundleDraft bundle) {
    return Neighbour.of(rule, name, SIGNED).under(SampleBundle.trust(bundle));
  }
}
