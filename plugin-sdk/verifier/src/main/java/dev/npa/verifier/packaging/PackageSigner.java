// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Signs a package: appends, as archive comment, a CMS signature over everything before the
/// comment.
public final class PackageSigner {

  private static final int EOCD_COMMENT_LENGTH_BYTES = 2;
  private static final int EOCD_MAGIC = 0x06054b50;

  private PackageSigner() {}

  /// Signs as the plugin's vendor, now.
  ///
  /// @throws IllegalArgumentException if the bytes are not a well-formed unsigned package
  /// @throws GeneralSecurityException if the key cannot sign
  public static byte[] sign(byte[] unsigned, SigningKey key) throws GeneralSecurityException {
    return sign(unsigned, key, Instant.now());
  }

  /// Signs as the plugin's vendor.
  ///
  /// @param signingTime what the signature will say; whole seconds count
  /// @throws IllegalArgumentException if the bytes are not a well-formed unsigned package
  /// @throws GeneralSecurityException if the key cannot sign
  public static byte[] sign(byte[] unsigned, SigningKey key, Instant signingTime)
      throws GeneralSecurityException {
    PluginBinding binding =
        switch (UnsignedPackage.read(unsigned)) {
          case Verdict.Accepted<UnsignedPackage>(UnsignedPackage found) ->
              found.manifest().binding(PluginBinding.Role.ORIGIN);
          case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) ->
              throw new IllegalArgumentException("not a package to sign: " + refusals);
        };
    CmsSigner signer = new CmsSigner(key, binding, signingTime);
    byte[] range = Arrays.copyOf(unsigned, unsigned.length - EOCD_COMMENT_LENGTH_BYTES);
    byte[] signed = append(range, signer.sign(range));
    // A signature may contain an end-of-directory record by chance; the next one will not.
    while (endsInHiddenDirectory(signed, range.length)) {
      signed = append(range, signer.sign(range));
    }
    return signed;
  }

  /// Puts a block behind a signed range, which must end in an end-of-directory record that lacks
  /// its comment length.
  static byte[] append(byte[] range, byte[] cms) {
    byte[] magic = PackageFormat.TRAILER_MAGIC.getBytes(StandardCharsets.US_ASCII);
    int comment = cms.length + PackageFormat.TRAILER_BYTES;
    return ByteBuffer.allocate(range.length + EOCD_COMMENT_LENGTH_BYTES + comment)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(range)
        .putShort((short) comment)
        .put(cms)
        .putInt(cms.length)
        .put(magic)
        .array();
  }

  private static boolean endsInHiddenDirectory(byte[] signed, int rangeLength) {
    ByteBuffer view = ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = rangeLength; at <= signed.length - 4; at++) {
      if (view.getInt(at) == EOCD_MAGIC) {
        return true;
      }
    }
    return false;
  }
}
