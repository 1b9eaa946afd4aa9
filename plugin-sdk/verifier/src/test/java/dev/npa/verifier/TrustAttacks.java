// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.S011_UNTRUSTED_CHAIN;
import static dev.npa.verifier.RuleId.S026_TIMESTAMP_AUTHORITY;
import static dev.npa.verifier.RuleId.T001_BUNDLE_MALFORMED;
import static dev.npa.verifier.RuleId.T002_BUNDLE_SIGNATURE;
import static dev.npa.verifier.RuleId.T003_GENERATION;
import static dev.npa.verifier.RuleId.T004_BUNDLE_ROLLBACK;
import static dev.npa.verifier.RuleId.T005_BUNDLE_EXPIRED;
import static dev.npa.verifier.RuleId.T006_REVOKED;
import static dev.npa.verifier.RuleId.T007_DENIED;
import static dev.npa.verifier.RuleId.T008_ALGORITHM_SUNSET;
import static dev.npa.verifier.RuleId.T009_FORMAT;
import static dev.npa.verifier.RuleId.T011_BUNDLE_MISSING;
import static dev.npa.verifier.RuleId.T012_BUNDLE_FROM_FUTURE;

import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.LocalTimestampAuthority;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustBundle;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Good packages that the platform has withdrawn, and bundles that are not the platform's word.
final class TrustAttacks {

  private static final byte[] SIGNED = Samples.signed();
  private static final Instant NOW = Samples.NOW;
  private static final PluginBinding ORIGIN = Samples.manifest().originBinding();
  private static final SigningKey VENDOR = Samples.PKI.vendorKey();
  private static final X509Certificate LEAF = VENDOR.chain().getFirst();

  private TrustAttacks() {}

  static Stream<Attack> all() {
    try {
      return Stream.of(withdrawn(), revoked(), staleBundles(), forgedBundles())
          .flatMap(List::stream);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> withdrawn() {
    SignedPlugin plugin = AcceptedPackageTest.accepted(SIGNED).archive().signed();
    String payload = AcceptedPackageTest.accepted(SIGNED).archive().payloadId();
    return List.of(
        under(
            "older generation replayed",
            T003_GENERATION,
            "example.nic",
            SampleBundle.draft().minimum("example.nic", 4)),
        under(
            "content denied",
            T007_DENIED,
            "content",
            SampleBundle.draft().deny(plugin.contentId(), "advisory 7")),
        under(
            "payload denied",
            T007_DENIED,
            "payload",
            SampleBundle.draft().deny(payload, "advisory 7")),
        under(
            "P-384 no longer counts",
            T008_ALGORITHM_SUNSET,
            "block",
            SampleBundle.draft().sunset(SignatureAlgorithm.EC_P384, NOW)),
        under(
            "format no longer taken", T009_FORMAT, "block", SampleBundle.draft().minimumFormat(2)),
        under(
            "root no longer in the bundle",
            S011_UNTRUSTED_CHAIN,
            "CN=Example NICs",
            new BundleDraft(NOW.minusSeconds(60))
                .serial(9)
                .expires(NOW.plusSeconds(60))
                .roots(OddKeys.ANCHORS.roots())));
  }

  private static List<Attack> revoked() throws GeneralSecurityException, IOException {
    Duration hour = Duration.ofMinutes(30);
    LocalTimestampAuthority authority = Samples.PKI.timestampAuthority(InstantSource.fixed(NOW));
    byte[] stamped = new ForgedBlock(Samples.unsigned()).stamped(VENDOR, ORIGIN, authority).seal();
    X509Certificate tsa = authority.key().chain().getFirst();
    return List.of(
        under(
            "revoked before signing",
            T006_REVOKED,
            "CN=Example NICs",
            revoking(LEAF, NOW.minus(hour))),
        under(
            "revoked after signing, no timestamp to show it",
            T006_REVOKED,
            "CN=Example NICs",
            revoking(LEAF, NOW.plus(hour))),
        under("root revoked", T006_REVOKED, "CN=Example NICs", revoking(Samples.PKI.root(), NOW)),
        Attack.of("revoked before the timestamp", T006_REVOKED, "CN=Example NICs", stamped)
            .under(SampleBundle.trust(revoking(LEAF, NOW))),
        Attack.of(
                "timestamp authority revoked, if only now",
                S026_TIMESTAMP_AUTHORITY,
                "CN=timestamps",
                stamped)
            .under(SampleBundle.trust(revoking(tsa, NOW.plus(hour)))));
  }

  private static BundleDraft revoking(X509Certificate certificate, Instant since) {
    return SampleBundle.draft().revoke(certificate, since);
  }

  private static List<Attack> staleBundles() {
    BundleContents bundle = SampleBundle.draft().contents();
    Trust trust = SampleBundle.trust(SampleBundle.draft());
    TrustPolicy later = TrustPolicy.STANDARD.notBefore(bundle.serial() + 1);
    return List.of(
        Attack.of("bundle went back", T004_BUNDLE_ROLLBACK, "bundle", SIGNED)
            .under(trust.under(later)),
        Attack.of("bundle expired since", T005_BUNDLE_EXPIRED, "bundle", SIGNED)
            .under(trust)
            .at(bundle.expires()),
        Attack.of("bundle from the future", T012_BUNDLE_FROM_FUTURE, "bundle", SIGNED)
            .under(trust)
            .at(bundle.issued().minusSeconds(1)),
        Attack.of("no bundle where one is wanted", T011_BUNDLE_MISSING, "bundle", SIGNED)
            .under(Trust.of(Samples.ANCHORS).under(later)));
  }

  private static List<Attack> forgedBundles() throws GeneralSecurityException {
    BundleContents contents = SampleBundle.draft().contents();
    byte[] good = SampleBundle.signed(contents);
    byte[] altered = good.clone();
    altered[altered.length - 1] ^= 1;
    byte[] inside = good.clone();
    inside[200] ^= 1;
    SigningRequest stranger = SigningRequest.of(NOW, OddKeys.good());
    Trust later =
        Trust.of(Samples.ANCHORS).under(TrustPolicy.STANDARD.notBefore(contents.serial() + 1));
    Trust both =
        Trust.of(Samples.ANCHORS)
            .under(
                TrustPolicy.STANDARD.requiring(java.util.EnumSet.allOf(SignatureAlgorithm.class)));
    return List.of(
        Attack.bundle("not CMS", T001_BUNDLE_MALFORMED, new byte[] {1, 2, 3}),
        Attack.bundle("empty", T001_BUNDLE_MALFORMED, new byte[0]),
        Attack.bundle("cut short", T001_BUNDLE_MALFORMED, Arrays.copyOf(good, good.length - 1)),
        Attack.bundle("over 1 MB", T001_BUNDLE_MALFORMED, new byte[TrustBundle.MAX_BYTES + 1]),
        Attack.bundle("a package's signature", T001_BUNDLE_MALFORMED, Samples.block(SIGNED)),
        Attack.bundle(
            "not a bundle inside",
            T001_BUNDLE_MALFORMED,
            SampleBundle.signing(new byte[] {0x30, 0})),
        Attack.bundle("signature altered", T002_BUNDLE_SIGNATURE, altered),
        Attack.bundle("contents altered", T002_BUNDLE_SIGNATURE, inside),
        Attack.bundle(
            "by a stranger", T002_BUNDLE_SIGNATURE, BundleSigner.sign(contents, stranger)),
        Attack.bundle(
            "by a vendor of the platform",
            T002_BUNDLE_SIGNATURE,
            BundleSigner.sign(contents, SigningRequest.of(NOW, VENDOR))),
        Attack.bundle(
                "by a key below a vendor's issuer",
                T002_BUNDLE_SIGNATURE,
                BundleSigner.sign(contents, below(CertificateUse.vendorAuthority(OddKeys.HOLDER))))
            .under(OddKeys.ANCHORS),
        Attack.bundle(
                "by a key below an issuer of timestamp authorities",
                T002_BUNDLE_SIGNATURE,
                BundleSigner.sign(contents, below(CertificateUse.timestampIssuer())))
            .under(OddKeys.ANCHORS),
        Attack.bundle(
            "revokes its own signer",
            T002_BUNDLE_SIGNATURE,
            SampleBundle.signed(
                SampleBundle.draft().revoke(SampleBundle.signer(), contents.issued()).contents())),
        Attack.bundle("serial number 0", T001_BUNDLE_MALFORMED, serialZero(contents)),
        Attack.bundle("without the required algorithms", T002_BUNDLE_SIGNATURE, good).under(both),
        Attack.bundle("older than one taken before", T004_BUNDLE_ROLLBACK, good).under(later),
        Attack.bundle("offered too late", T005_BUNDLE_EXPIRED, good).at(contents.expires()),
        Attack.bundle("offered too early", T012_BUNDLE_FROM_FUTURE, good)
            .at(contents.issued().minusSeconds(1)));
  }

  private static SigningRequest below(CertificateUse issuer) throws GeneralSecurityException {
    return SigningRequest.of(NOW, OddKeys.below(issuer, CertificateUse.trustBundle()));
  }

  private static byte[] serialZero(BundleContents contents) {
    byte[] der = contents.encoded();
    byte[] serial = {2, 1, 118};
    int at = HexFormat.of().formatHex(der).indexOf(HexFormat.of().formatHex(serial)) / 2;
    der[at + 2] = 0;
    return SampleBundle.signing(der);
  }

  private static Attack under(String name, RuleId rule, String place, BundleDraft bundle) {
    return Attack.of(name, rule, place, SIGNED).under(SampleBundle.trust(bundle));
  }
}
