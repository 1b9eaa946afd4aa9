// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.ForgedCms;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.JarBlocks;
import dev.npa.verifier.packaging.LocalTimestampAuthority;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/// Packages signed as the signature rules just allow.
final class SignatureNeighbours {

  private static final Instant NOW = Samples.NOW;
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
  private static final Instant FROM = NOW.minus(Duration.ofHours(1));
  private static final SigningKey VENDOR = Samples.PKI.vendorKey();
  private static final PluginBinding ORIGIN = Samples.manifest().originBinding();
  private static final Trust ODD = Trust.of(OddKeys.ANCHORS);

  private SignatureNeighbours() {}

  static Stream<Neighbour> all() {
    try {
      return Stream.of(framing(), content(), certificates(), signers(), timestamps())
          .flatMap(List::stream);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Neighbour> framing() throws GeneralSecurityException, IOException {
    byte[] signed = Samples.signed();
    byte[] range = Samples.signedRange(signed);
    byte[] framedAgain =
        Samples.withBlock(Arrays.copyOf(range, range.length + 2), Samples.block(signed));
    return List.of(
        Neighbour.of(RuleId.S001_UNSIGNED, "signed by the vendor alone", signed),
        Neighbour.of(RuleId.S002_MALFORMED_BLOCK, "the block taken off, put back", framedAgain),
        Neighbour.of(RuleId.S003_BLOCK_TOO_LARGE, "a block of four signatures", fourSignatures())
            .under(Hybrid.TRUST),
        Neighbour.of(RuleId.S004_NOT_DER, "DER by another writer", forged().sign(jarSigned())),
        Neighbour.of(
                RuleId.S017_HIDDEN_DIRECTORY,
                "half the mark of a directory's end in the block",
                PackageSigner.sign(
                    Samples.unsigned(),
                    OddKeys.used("PK", CertificateUse.origin(OddKeys.HOLDER)),
                    NOW))
            .under(ODD));
  }

  /// Vendor and platform, with both algorithms and a timestamp each: the largest that is ordinary.
  private static byte[] fourSignatures() throws GeneralSecurityException, IOException {
    PluginBinding certified = Samples.manifest().certificationBinding(AcceptanceLevel.CERTIFIED);
    LocalTimestampAuthority authority =
        Samples.PKI.timestampAuthority(InstantSource.fixed(Samples.NOW));
    ForgedBlock block = new ForgedBlock(withoutBlock(Hybrid.signed()));
    for (SigningKey vendor : List.of(Hybrid.EC.vendorKey(), Hybrid.PQ.vendorKey())) {
      block.stamped(vendor, ORIGIN, authority);
    }
    for (var pki : List.of(Hybrid.EC, Hybrid.PQ)) {
      block.stamped(pki.certifierKey(AcceptanceLevel.CERTIFIED), certified, authority);
    }
    return block.seal();
  }

  private static byte[] withoutBlock(byte[] signed) {
    byte[] range = Samples.signedRange(signed);
    return Arrays.copyOf(range, range.length + 2);
  }

  private static List<Neighbour> content() throws GeneralSecurityException, IOException {
    byte[] binding = NpaBinding.encode(ORIGIN);
    byte[] later = PackageSigner.sign(Samples.unsigned(), VENDOR, NOW.minusSeconds(1));
    return List.of(
        Neighbour.of(RuleId.S005_WRONG_ALGORITHM, "SHA-384 and P-384", forged().sign(jarSigned())),
        Neighbour.of(
            RuleId.S006_DIGEST_MISMATCH,
            "another class, signed again",
            Samples.signed(
                Samples.builder(Samples.manifest())
                    .addLicenceText("GPL-2.0-only")
                    .add("example/nic/Ring.class", Classes.empty("example.nic.Ring"))
                    .build())),
        Neighbour.of(RuleId.S007_SIGNATURE_SET, "both algorithms where both are wanted", hybrid())
            .under(
                Hybrid.TRUST.under(
                    TrustPolicy.STANDARD.requiring(EnumSet.allOf(SignatureAlgorithm.class)))),
        Neighbour.of(
            RuleId.S008_SIGNED_ATTRIBUTES,
            "an attribute taken out and put back",
            forged().with(Oids.BINDING, binding).sign(jarSigned())),
        Neighbour.of(RuleId.S010_SIGNATURE_INVALID, "another signature of the same key", later),
        Neighbour.of(
            RuleId.S015_BINDING_UNREADABLE,
            "the binding written by hand",
            forged().with(Oids.BINDING, binding).sign(jarSigned())),
        Neighbour.of(
            RuleId.S018_CMS_PROFILE,
            "detached, one signer, by certificate",
            forged().signers(ORIGIN).sign(jarSigned())));
  }

  private static List<Neighbour> certificates() throws GeneralSecurityException {
    return List.of(
        odd(
            RuleId.S009_SIGNER_CERTIFICATE,
            "the whole path shipped",
            OddKeys.belowIntermediate(),
            NOW),
        odd(RuleId.S011_UNTRUSTED_CHAIN, "one authority between", OddKeys.belowIntermediate(), NOW),
        Neighbour.of(RuleId.S012_EXPIRED, "in the last second", Samples.signed()).at(UNTIL),
        Neighbour.of(RuleId.S013_NOT_YET_VALID, "in the first second", signed(VENDOR, FROM))
            .at(FROM),
        odd(
            RuleId.S014_CERTIFICATE_PURPOSE,
            "for code signing and nothing else",
            OddKeys.withPurposes(Oids.PURPOSE_CODE_SIGNING),
            NOW),
        Neighbour.of(
            RuleId.S016_SIGNING_TIME,
            "signed in the certificate's first second",
            signed(VENDOR, FROM)),
        odd(
            RuleId.S024_HOLDER,
            "a holder of one vendor id and one package",
            OddKeys.used(
                "odd",
                CertificateUse.origin(
                    Holder.vendor("odd", List.of(0x8086), List.of("example.nic")))),
            NOW));
  }

  private static List<Neighbour> signers() throws GeneralSecurityException, IOException {
    byte[] certified = countersigned(AcceptanceLevel.CERTIFIED);
    List<Neighbour> all = new ArrayList<>();
    all.add(Neighbour.of(RuleId.S019_STRIPPED, "both as promised", hybrid()).under(Hybrid.TRUST));
    all.add(Neighbour.of(RuleId.S020_ROLE, "certified by the platform", certified));
    all.add(
        Neighbour.of(
            RuleId.S021_LEVEL,
            "the highest level that the certificate allows",
            countersigned(AcceptanceLevel.ACCEPTED)));
    all.add(Neighbour.of(RuleId.S022_DUPLICATE_SIGNATURE, "one algorithm, two roles", certified));
    all.add(
        Neighbour.of(RuleId.S023_SIGNERS_DISAGREE, "one vendor, two algorithms", hybrid())
            .under(Hybrid.TRUST));
    return all;
  }

  private static List<Neighbour> timestamps() throws GeneralSecurityException, IOException {
    return List.of(
        Neighbour.of(RuleId.S025_TIMESTAMP_INVALID, "for this signature", stamped(NOW)),
        Neighbour.of(RuleId.S026_TIMESTAMP_AUTHORITY, "by the platform's authority", stamped(NOW))
            .at(UNTIL),
        Neighbour.of(
                RuleId.S026_TIMESTAMP_AUTHORITY,
                "by an authority below an issuer of such",
                PackageSigner.sign(
                    Samples.unsigned(),
                    SigningRequest.of(NOW, OddKeys.good()).timestampedBy(belowIssuer())))
            .under(Trust.of(OddKeys.ANCHORS)),
        Neighbour.of(RuleId.S027_TIMESTAMP_TIME, "of this very second", stamped(NOW)),
        Neighbour.of(
            RuleId.S016_SIGNING_TIME,
            "five minutes behind the signer's clock",
            stamped(NOW.minus(Duration.ofMinutes(5)))));
  }

  private static LocalTimestampAuthority belowIssuer() throws GeneralSecurityException {
    return new LocalTimestampAuthority(
        OddKeys.below(CertificateUse.timestampIssuer(), CertificateUse.timestamping()),
        InstantSource.fixed(NOW));
  }

  private static byte[] stamped(Instant time) throws GeneralSecurityException, IOException {
    LocalTimestampAuthority authority = Samples.PKI.timestampAuthority(InstantSource.fixed(time));
    return PackageSigner.sign(
        Samples.unsigned(), SigningRequest.of(NOW, VENDOR).timestampedBy(authority));
  }

  private static byte[] countersigned(AcceptanceLevel level)
      throws GeneralSecurityException, IOException {
    return PackageSigner.countersign(
        Samples.signed(), level, SigningRequest.of(NOW, Samples.PKI.certifierKey(level)));
  }

  private static byte[] hybrid() {
    return Hybrid.signed();
  }

  private static Neighbour odd(RuleId rule, String name, SigningKey key, Instant time)
      throws GeneralSecurityException {
    return Neighbour.of(rule, name, signed(key, time)).under(ODD);
  }

  private static byte[] signed(SigningKey key, Instant time) throws GeneralSecurityException {
    return PackageSigner.sign(Samples.unsigned(), key, time);
  }

  private static ForgedCms forged() {
    return new ForgedCms(VENDOR);
  }

  /// The sample with a JAR signature, and without the package's.
  private static byte[] jarSigned() throws GeneralSecurityException {
    byte[] file = JarBlocks.file();
    return new ForgedArchive()
        .early(PackageFormat.JAR_SIGNATURE_FILE, file)
        .early(PackageFormat.JAR_SIGNATURE_BLOCK, JarBlocks.block(VENDOR, file))
        .build();
  }
}
