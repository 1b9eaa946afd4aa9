// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.S012_EXPIRED;
import static dev.npa.verifier.RuleId.S016_SIGNING_TIME;
import static dev.npa.verifier.RuleId.S018_CMS_PROFILE;
import static dev.npa.verifier.RuleId.S025_TIMESTAMP_INVALID;
import static dev.npa.verifier.RuleId.S026_TIMESTAMP_AUTHORITY;
import static dev.npa.verifier.RuleId.S027_TIMESTAMP_TIME;

import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.LocalTimestampAuthority;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.TimestampSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;

/// Timestamps that state the wrong time, about the wrong bytes, by the wrong authority.
final class TimestampAttacks {

  private static final PluginBinding ORIGIN = Samples.manifest().originBinding();
  private static final SigningKey VENDOR = Samples.PKI.vendorKey();
  private static final Instant NOW = Samples.NOW;

  private TimestampAttacks() {}

  static Stream<Attack> all() {
    try {
      return Stream.of(tokens(), authorities(), times()).flatMap(List::stream);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> tokens() throws GeneralSecurityException, IOException {
    LocalTimestampAuthority good = authority(NOW);
    byte[] elsewhere = good.token("other bytes".getBytes(StandardCharsets.US_ASCII));
    return List.of(
        stamped("for other bytes", S025_TIMESTAMP_INVALID, "timestamp", signature -> elsewhere),
        Attack.of(
            "altered",
            S025_TIMESTAMP_INVALID,
            "timestamp",
            block().stamped(VENDOR, ORIGIN, good, TimestampAttacks::flipLast).seal()),
        stamped(
            "an integer instead",
            S025_TIMESTAMP_INVALID,
            "timestamp",
            signature -> new byte[] {2, 1, 1}),
        stamped(
            "a package's signature instead",
            S025_TIMESTAMP_INVALID,
            "timestamp",
            signature -> Samples.block(Samples.signed())),
        Attack.of(
            "two tokens",
            S018_CMS_PROFILE,
            "block",
            block().stampedTwice(VENDOR, ORIGIN, good).seal()));
  }

  private static List<Attack> authorities() throws GeneralSecurityException, IOException {
    return List.of(
        stamped(
            "by an authority of an unknown root",
            S026_TIMESTAMP_AUTHORITY,
            "CN=tsa",
            authority(OddKeys.used("tsa", CertificateUse.timestamping()))),
        stamped(
            "by a certificate without the purpose",
            S026_TIMESTAMP_AUTHORITY,
            "CN=bundles",
            unchecked(Samples.PKI.key("bundles", CertificateUse.trustBundle()))),
        stamped(
            "by a certificate with one more purpose",
            S026_TIMESTAMP_AUTHORITY,
            "CN=tsa",
            unchecked(
                Samples.PKI.key("tsa", use(Oids.PURPOSE_TIMESTAMPING, Oids.PURPOSE_CODE_SIGNING)))),
        Attack.of(
                "by an authority below a vendor's issuer",
                S026_TIMESTAMP_AUTHORITY,
                "CN=leaf",
                block().stamped(OddKeys.good(), ORIGIN, belowVendorsIssuer()).seal())
            .under(OddKeys.ANCHORS),
        stamped(
            "by the vendor itself",
            S026_TIMESTAMP_AUTHORITY,
            "CN=Example NICs",
            unchecked(VENDOR)));
  }

  private static LocalTimestampAuthority belowVendorsIssuer() throws GeneralSecurityException {
    return authority(
        OddKeys.below(
            CertificateUse.vendorAuthority(OddKeys.HOLDER), CertificateUse.timestamping()));
  }

  private static CertificateUse use(String... purposes) {
    return new CertificateUse(
        false, KeyUsage.digitalSignature, List.of(purposes), List.of(), Optional.empty());
  }

  private static List<Attack> times() throws GeneralSecurityException, IOException {
    Instant beforeAll = NOW.minus(Duration.ofDays(1));
    return List.of(
        stamped(
            "from the future", S027_TIMESTAMP_TIME, "CN=timestamps", authority(NOW.plusSeconds(1))),
        stamped(
            "from before the authority was",
            S027_TIMESTAMP_TIME,
            "CN=timestamps",
            authority(beforeAll)),
        stamped(
            "older than the signature",
            S016_SIGNING_TIME,
            "SignerInfo",
            authority(NOW.minus(Duration.ofMinutes(10)))),
        Attack.of(
                "authority expired with the signer",
                S026_TIMESTAMP_AUTHORITY,
                "CN=timestamps",
                block().stamped(VENDOR, ORIGIN, authority(NOW)).seal())
            .at(NOW.plus(Duration.ofDays(31))),
        Attack.of("expired, without timestamp", S012_EXPIRED, "CN=odd", expired())
            .under(OddKeys.ANCHORS)
            .at(NOW.plus(Duration.ofDays(2))));
  }

  private static byte[] expired() throws GeneralSecurityException, IOException {
    return block()
        .by(OddKeys.valid(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(1))), ORIGIN)
        .seal();
  }

  private static LocalTimestampAuthority authority(Instant time) throws GeneralSecurityException {
    return Samples.PKI.timestampAuthority(InstantSource.fixed(time));
  }

  private static LocalTimestampAuthority authority(SigningKey key) {
    return new LocalTimestampAuthority(key, InstantSource.fixed(NOW));
  }

  /// An authority that does not look at its own certificate, as a library would.
  private static TimestampSource unchecked(SigningKey key) {
    return Samples.carelessAuthority(key);
  }

  private static ForgedBlock block() {
    return new ForgedBlock(Samples.unsigned());
  }

  private static Attack stamped(String name, RuleId rule, String place, TimestampSource source) {
    try {
      byte[] bytes = block().stamped(VENDOR, ORIGIN, source).seal();
      return Attack.of("timestamp " + name, rule, place, bytes);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static byte[] flipLast(byte[] token) {
    byte[] copy = token.clone();
    copy[copy.length - 1] ^= 1;
    return copy;
  }
}
