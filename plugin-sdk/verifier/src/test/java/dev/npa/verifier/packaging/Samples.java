// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.TrustAnchors;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Well-formed packages and the keys that sign them, at a fixed time.
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  public static final ThrowawayPki PKI = pki("Example NICs", NOW);
  public static final TrustAnchors ANCHORS = PKI.trustAnchors();

  /// An empty class: enough for everything but the bytecode gate.
  public static final byte[] CLASS =
      ClassFile.of().build(ClassDesc.of("example.nic.Plugin"), empty -> {});

  private Samples() {}

  public static PluginManifest manifest() {
    return manifest(Optional.of("GPL-2.0-only"), Optional.of("https://example.com/source.tgz"));
  }

  public static PluginManifest manifest(Optional<String> licence, Optional<String> source) {
    return new PluginManifest(
        "example.nic",
        "1.4.2",
        3,
        "example.nic.Plugin",
        List.of(new DeviceId(0x8086, 0x10ca), new DeviceId(0x8086, 0x152d)),
        licence,
        source);
  }

  public static PackageBuilder builder(PluginManifest manifest) {
    return new PackageBuilder(manifest).add("example/nic/Plugin.class", CLASS);
  }

  public static byte[] unsigned() {
    return builder(manifest()).addLicenceText("GPL-2.0-only").build();
  }

  /// Without the licence text: small, for sweeps over every bit.
  public static byte[] smallSigned() {
    return signed(builder(manifest()).build());
  }

  public static byte[] signed() {
    return signed(unsigned());
  }

  public static byte[] signed(byte[] unsigned) {
    try {
      return PackageSigner.sign(unsigned, PKI.vendorKey(), NOW);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Signs bytes that the signer would refuse, as the sample plugin.
  public static byte[] signedAnyway(byte[] unsigned) {
    return new ForgedCms(PKI.vendorKey()).sign(unsigned);
  }

  /// Where the signature block of a signed package begins.
  public static int blockAt(byte[] signed) {
    int trailer = signed.length - PackageFormat.TRAILER_BYTES;
    return trailer - ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer);
  }

  /// What the signatures of a package cover.
  public static byte[] signedRange(byte[] signed) {
    return Arrays.copyOf(signed, blockAt(signed) - 2);
  }

  /// The signature block of a signed package.
  public static byte[] block(byte[] signed) {
    return Arrays.copyOfRange(signed, blockAt(signed), signed.length - PackageFormat.TRAILER_BYTES);
  }

  /// Puts any block behind an unsigned archive.
  public static byte[] withBlock(byte[] unsigned, byte[] block) {
    return PackageSigner.append(Arrays.copyOf(unsigned, unsigned.length - 2), block);
  }

  /// A second vendor below the same root.
  public static SigningKey otherVendor() throws GeneralSecurityException {
    Holder other = Holder.vendor("other", List.of(0x8086), List.of("example"));
    return PKI.key("Other NICs", CertificateUse.origin(other));
  }

  /// A timestamp authority that signs with any key.
  public static TimestampSource carelessAuthority(SigningKey key) {
    return new CarelessAuthority(key, NOW);
  }

  public static ThrowawayPki pki(String vendor, Instant now) {
    try {
      return ThrowawayPki.create(vendor, now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
