// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.P002_TOO_LARGE;
import static dev.npa.verifier.RuleId.S001_UNSIGNED;
import static dev.npa.verifier.RuleId.S002_MALFORMED_BLOCK;
import static dev.npa.verifier.RuleId.S003_BLOCK_TOO_LARGE;
import static dev.npa.verifier.RuleId.S004_NOT_DER;
import static dev.npa.verifier.RuleId.S005_WRONG_ALGORITHM;
import static dev.npa.verifier.RuleId.S006_DIGEST_MISMATCH;
import static dev.npa.verifier.RuleId.S007_SIGNATURE_SET;
import static dev.npa.verifier.RuleId.S008_SIGNED_ATTRIBUTES;
import static dev.npa.verifier.RuleId.S009_SIGNER_CERTIFICATE;
import static dev.npa.verifier.RuleId.S010_SIGNATURE_INVALID;
import static dev.npa.verifier.RuleId.S011_UNTRUSTED_CHAIN;
import static dev.npa.verifier.RuleId.S012_EXPIRED;
import static dev.npa.verifier.RuleId.S013_NOT_YET_VALID;
import static dev.npa.verifier.RuleId.S014_CERTIFICATE_PURPOSE;
import static dev.npa.verifier.RuleId.S015_BINDING_UNREADABLE;
import static dev.npa.verifier.RuleId.S016_SIGNING_TIME;
import static dev.npa.verifier.RuleId.S017_HIDDEN_DIRECTORY;
import static dev.npa.verifier.RuleId.S018_CMS_PROFILE;
import static dev.npa.verifier.RuleId.S020_ROLE;
import static dev.npa.verifier.RuleId.S022_DUPLICATE_SIGNATURE;

import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedCms;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.trust.TrustAnchors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What can be wrong with the signature block.
final class SignatureAttacks {

  private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
  private static final String SIGNING_TIME = "1.2.840.113549.1.9.5";
  private static final String ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
  private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47";
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final byte[] EMPTY_CMS = HexFormat.of().parseHex("300b06092a864886f70d010702");
  private static final byte[] DER_NULL = {5, 0};
  private static final int KEY_CERT_SIGN = 1 << 2;
  private static final int DIGITAL_SIGNATURE = 1 << 7;

  private static final byte[] UNSIGNED = Samples.unsigned();
  private static final byte[] SIGNED = Samples.signed();
  private static final int BLOCK = Samples.blockAt(SIGNED);
  private static final int TRAILER = SIGNED.length - PackageFormat.TRAILER_BYTES;

  private SignatureAttacks() {}

  static Stream<Attack> all() {
    try {
      return Stream.of(framing(), content(), algorithms(), attributes(), certificates(), times())
          .flatMap(List::stream);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> framing() {
    byte[] stripped = UNSIGNED.clone();
    byte[] cut = new byte[SIGNED.length - 200];
    System.arraycopy(SIGNED, 0, cut, 0, TRAILER - 200);
    System.arraycopy(SIGNED, TRAILER, cut, TRAILER - 200, PackageFormat.TRAILER_BYTES);
    return List.of(
        Attack.of("never signed", S001_UNSIGNED, "end of package", stripped),
        Attack.of("empty file", S001_UNSIGNED, "end of package", new byte[0]),
        Attack.of("appended byte", S001_UNSIGNED, "end", Arrays.copyOf(SIGNED, SIGNED.length + 1)),
        Attack.of("last byte cut", S001_UNSIGNED, "end", Arrays.copyOf(SIGNED, SIGNED.length - 1)),
        Attack.of("block cut short", S002_MALFORMED_BLOCK, "end", cut),
        Attack.of(
            "trailer alone",
            S002_MALFORMED_BLOCK,
            "end",
            put32(Arrays.copyOfRange(SIGNED, TRAILER, SIGNED.length), 0, 12)),
        Attack.of("comment length off", S002_MALFORMED_BLOCK, "end", flip(BLOCK - 2)),
        Attack.of("no block", S003_BLOCK_TOO_LARGE, "end", put32(SIGNED, TRAILER, 0)),
        Attack.of("block over 64 KB", S003_BLOCK_TOO_LARGE, "end", put32(SIGNED, TRAILER, 65_524)),
        Attack.of("block over 2 GB", S003_BLOCK_TOO_LARGE, "end", put32(SIGNED, TRAILER, -1)),
        Attack.of(
            "end of directory in the block",
            S017_HIDDEN_DIRECTORY,
            "end",
            put32(SIGNED, BLOCK + 300, 0x06054b50)),
        Attack.of("more than 4 MB", P002_TOO_LARGE, "package", new byte[(4 << 20) + 1]));
  }

  private static List<Attack> content() {
    PluginBinding origin = Samples.manifest().originBinding();
    PluginBinding certification =
        Samples.manifest().certificationBinding(AcceptanceLevel.CERTIFIED);
    return List.of(
        Attack.of("class altered", S006_DIGEST_MISMATCH, "SignerInfo", flip(UNSIGNED.length - 400)),
        Attack.of("BER lengths", S004_NOT_DER, "block", own().ber().sign(UNSIGNED)),
        Attack.of("not CMS", S018_CMS_PROFILE, "block", withBlock(new byte[] {0x30, 0})),
        Attack.of("SignedData absent", S018_CMS_PROFILE, "block", withBlock(EMPTY_CMS)),
        Attack.of("content inside", S018_CMS_PROFILE, "block", own().encapsulated().sign(UNSIGNED)),
        Attack.of("signer by key id", S018_CMS_PROFILE, "block", own().byKeyId().sign(UNSIGNED)),
        Attack.of(
            "unsigned attribute",
            S018_CMS_PROFILE,
            "block",
            own().unsignedAttribute().sign(UNSIGNED)),
        Attack.of("no signer", S007_SIGNATURE_SET, "block", own().signers().sign(UNSIGNED)),
        Attack.of(
            "two origins",
            S022_DUPLICATE_SIGNATURE,
            "block",
            own().signers(origin, origin).sign(UNSIGNED)),
        Attack.of(
            "certification by the vendor, alone",
            S020_ROLE,
            "CN=Example NICs",
            own().signers(certification).sign(UNSIGNED)),
        Attack.of(
            "certification by the vendor itself",
            S020_ROLE,
            "CN=Example NICs",
            own().signers(origin, certification).sign(UNSIGNED)),
        Attack.of(
            "five signers",
            S018_CMS_PROFILE,
            "block",
            own().signers(origin, origin, origin, origin, origin).sign(UNSIGNED)));
  }

  private static List<Attack> algorithms() throws GeneralSecurityException {
    return List.of(
        Attack.of(
            "SHA-256",
            S005_WRONG_ALGORITHM,
            "block",
            own().algorithm("SHA256withECDSA").sign(UNSIGNED)),
        Attack.of(
            "SHA-512",
            S005_WRONG_ALGORITHM,
            "block",
            own().algorithm("SHA512withECDSA").sign(UNSIGNED)),
        odd("P-256 key", S005_WRONG_ALGORITHM, "CN=p256", OddKeys.p256()),
        Attack.of("signature altered", S010_SIGNATURE_INVALID, "SignerInfo", flip(TRAILER - 1)));
  }

  private static List<Attack> attributes() {
    String at = "signed attributes";
    byte[] otherVersion = NpaBinding.encode(Samples.manifest().originBinding());
    otherVersion[4] = 2;
    return List.of(
        Attack.of("no type", S008_SIGNED_ATTRIBUTES, at, without(CONTENT_TYPE)),
        Attack.of("no digest", S008_SIGNED_ATTRIBUTES, at, without(MESSAGE_DIGEST)),
        Attack.of("no time", S008_SIGNED_ATTRIBUTES, at, without(SIGNING_TIME)),
        Attack.of("no certificate", S008_SIGNED_ATTRIBUTES, at, without(SIGNING_CERTIFICATE)),
        Attack.of("no algorithms", S008_SIGNED_ATTRIBUTES, at, without(ALGORITHM_PROTECTION)),
        Attack.of("no binding", S008_SIGNED_ATTRIBUTES, at, without(Oids.BINDING)),
        Attack.of("one more", S008_SIGNED_ATTRIBUTES, at, with("1.2.3", DER_NULL)),
        Attack.of(
            "binding twice", S008_SIGNED_ATTRIBUTES, at, own().again(Oids.BINDING).sign(UNSIGNED)),
        Attack.of(
            "algorithms that differ",
            S008_SIGNED_ATTRIBUTES,
            at,
            with(ALGORITHM_PROTECTION, new byte[] {0x30, 0})),
        Attack.of("time that is none", S008_SIGNED_ATTRIBUTES, at, with(SIGNING_TIME, DER_NULL)),
        Attack.of(
            "certificate list empty",
            S009_SIGNER_CERTIFICATE,
            "SignerInfo",
            with(SIGNING_CERTIFICATE, new byte[] {0x30, 0})),
        Attack.of(
            "binding empty",
            S015_BINDING_UNREADABLE,
            "npaBinding",
            with(Oids.BINDING, new byte[] {0x30, 0})),
        Attack.of(
            "binding of another format",
            S015_BINDING_UNREADABLE,
            "npaBinding",
            with(Oids.BINDING, otherVersion)));
  }

  private static List<Attack> certificates() throws GeneralSecurityException {
    TrustAnchors others = Samples.pki("Example NICs", Samples.NOW).trustAnchors();
    SigningKey good = OddKeys.good();
    SigningKey deep = OddKeys.belowIntermediate();
    return List.of(
        Attack.of("another root of the same name", S011_UNTRUSTED_CHAIN, "CN=Example NICs", SIGNED)
            .under(others),
        Attack.of("another root", S011_UNTRUSTED_CHAIN, "CN=Example NICs", SIGNED)
            .under(OddKeys.ANCHORS),
        odd("issued by a leaf", S011_UNTRUSTED_CHAIN, "CN=between", OddKeys.belowLeaf()),
        Attack.of(
                "intermediate missing",
                S009_SIGNER_CERTIFICATE,
                "SignerInfo",
                new ForgedCms(deep).certificates(deep.chain().subList(0, 1)).sign(UNSIGNED))
            .under(OddKeys.ANCHORS),
        Attack.of(
            "certificate missing",
            S009_SIGNER_CERTIFICATE,
            "SignerInfo",
            own().certificates(good.chain()).sign(UNSIGNED)),
        Attack.of(
            "certificate too many",
            S009_SIGNER_CERTIFICATE,
            "CN=good",
            own().addCertificate(good.chain().getFirst()).sign(UNSIGNED)),
        Attack.of(
            "root shipped along",
            S009_SIGNER_CERTIFICATE,
            "CN=NPA throwaway root",
            own().addCertificate(Samples.PKI.root()).sign(UNSIGNED)),
        Attack.of(
            "no certificates",
            S018_CMS_PROFILE,
            "block",
            own().certificates(List.of()).sign(UNSIGNED)),
        Attack.of(
                "another certificate for the same key",
                S009_SIGNER_CERTIFICATE,
                "SignerInfo",
                new ForgedCms(good).certificates(OddKeys.reissued(good).chain()).sign(UNSIGNED))
            .under(OddKeys.ANCHORS),
        odd(
            "valid from a time after its end",
            S013_NOT_YET_VALID,
            "CN=odd",
            OddKeys.valid(Samples.NOW.plusSeconds(60), Samples.NOW.minusSeconds(60))),
        odd("for TLS", S014_CERTIFICATE_PURPOSE, "CN=odd", OddKeys.withPurposes(SERVER_AUTH)),
        odd(
            "for TLS too",
            S014_CERTIFICATE_PURPOSE,
            "CN=odd",
            OddKeys.withPurposes(CODE_SIGNING, SERVER_AUTH)),
        odd("for anything", S014_CERTIFICATE_PURPOSE, "CN=odd", OddKeys.withPurposes()),
        odd("for keys", S014_CERTIFICATE_PURPOSE, "CN=odd", OddKeys.withUsage(KEY_CERT_SIGN)),
        odd(
            "for keys too",
            S014_CERTIFICATE_PURPOSE,
            "CN=odd",
            OddKeys.withUsage(KEY_CERT_SIGN | DIGITAL_SIGNATURE)),
        odd(
            "below an issuer of timestamp authorities",
            S014_CERTIFICATE_PURPOSE,
            "CN=between",
            OddKeys.below(CertificateUse.timestampIssuer(), CertificateUse.origin(OddKeys.HOLDER))),
        odd("an authority", S014_CERTIFICATE_PURPOSE, "CN=odd", OddKeys.authority()));
  }

  private static List<Attack> times() throws GeneralSecurityException {
    Duration year = Duration.ofDays(365);
    return List.of(
        Attack.of("expired", S012_EXPIRED, "CN=Example NICs", SIGNED).at(Samples.NOW.plus(year)),
        odd("expired above", S012_EXPIRED, "CN=between", OddKeys.belowExpiredIntermediate()),
        Attack.of("not yet valid", S013_NOT_YET_VALID, "CN=Example NICs", SIGNED)
            .at(Samples.NOW.minus(year)),
        Attack.of(
            "signed tomorrow",
            S016_SIGNING_TIME,
            "SignerInfo",
            own().time(Samples.NOW.plus(Duration.ofDays(1))).sign(UNSIGNED)),
        Attack.of(
            "signed before the certificate was issued",
            S016_SIGNING_TIME,
            "SignerInfo",
            own().time(Samples.NOW.minus(year)).sign(UNSIGNED)));
  }

  private static ForgedCms own() {
    return new ForgedCms(Samples.PKI.vendorKey());
  }

  private static byte[] with(String oid, byte[] der) {
    return own().with(oid, der).sign(UNSIGNED);
  }

  private static byte[] without(String oid) {
    return own().without(oid).sign(UNSIGNED);
  }

  private static Attack odd(String name, RuleId rule, String place, SigningKey key) {
    return Attack.of(name, rule, place, new ForgedCms(key).sign(UNSIGNED)).under(OddKeys.ANCHORS);
  }

  private static byte[] flip(int at) {
    byte[] copy = SIGNED.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static byte[] put32(byte[] source, int at, int value) {
    byte[] copy = source.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return copy;
  }

  private static byte[] withBlock(byte[] block) {
    return Samples.withBlock(UNSIGNED, block);
  }
}
