// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.archive.SignatureFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// Signs a package: adds an ordinary JAR signature to the archive, then appends, as archive
/// comment, a CMS signature over everything before the comment.
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
    try {
      return sign(unsigned, SigningRequest.of(signingTime, key));
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot encode what was signed", e);
    }
  }

  /// Signs as the plugin's vendor with every key of the request.
  ///
  /// @throws IllegalArgumentException if the bytes are not a well-formed unsigned package, or the
  ///   manifest promises signatures by other algorithms than the keys'
  /// @throws GeneralSecurityException if a key cannot sign, or a timestamp is not one
  /// @throws IOException if the timestamp authority cannot be reached, or refuses
  public static byte[] sign(byte[] unsigned, SigningRequest request)
      throws GeneralSecurityException, IOException {
    UnsignedPackage found = unsigned(unsigned);
    if (!found.promised().equals(request.algorithms())) {
      throw new IllegalArgumentException(
          "the manifest promises %s, the keys are %s"
              .formatted(found.promised(), request.algorithms()));
    }
    byte[] archive = withJarSignature(found, request);
    byte[] range = Arrays.copyOf(archive, archive.length - EOCD_COMMENT_LENGTH_BYTES);
    PluginBinding binding = found.manifest().originBinding();
    return sealed(range, () -> union(range, binding, request, Optional.empty()));
  }

  private static UnsignedPackage unsigned(byte[] unsigned) {
    return switch (UnsignedPackage.read(unsigned)) {
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage found) -> found;
      case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) ->
          throw new IllegalArgumentException("not a package to sign: " + refusals);
    };
  }

  /// Certifies a signed package for the platform: adds signatures over the same range. The vendor's
  /// stay as they are. Whether they hold is for the gate to say, before and after.
  ///
  /// @param level accepted or certified
  /// @throws IllegalArgumentException if the bytes are not a signed package, or nobody certifies
  ///   that level
  /// @throws GeneralSecurityException if a key cannot sign, or a timestamp is not one
  /// @throws IOException if the timestamp authority cannot be reached, or refuses
  public static byte[] countersign(byte[] signed, AcceptanceLevel level, SigningRequest request)
      throws GeneralSecurityException, IOException {
    UnverifiedPackage found =
        switch (UnverifiedPackage.read(signed)) {
          case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage accepted) -> accepted;
          case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
              throw new IllegalArgumentException("not a package to certify: " + refusals);
        };
    byte[] block =
        found
            .signatureBlock()
            .orElseThrow(() -> new IllegalArgumentException("the vendor has not signed it yet"));
    int trailer = block.length + PackageFormat.TRAILER_BYTES + EOCD_COMMENT_LENGTH_BYTES;
    byte[] range = Arrays.copyOf(signed, signed.length - trailer);
    PluginBinding binding = found.manifest().certificationBinding(level);
    return sealed(range, () -> union(range, binding, request, Optional.of(block)));
  }

  /// Makes the signatures anew each time.
  private interface Block {
    byte[] sign() throws GeneralSecurityException, IOException;
  }

  /// A signature may contain an end-of-directory record by chance; the next one will not.
  private static byte[] sealed(byte[] range, Block block)
      throws GeneralSecurityException, IOException {
    byte[] signed = append(range, block.sign());
    while (endsInHiddenDirectory(signed, range.length)) {
      signed = append(range, block.sign());
    }
    return signed;
  }

  private static byte[] union(
      byte[] range, PluginBinding binding, SigningRequest request, Optional<byte[]> block)
      throws GeneralSecurityException, IOException {
    SignedDataUnion union = new SignedDataUnion();
    if (block.isPresent()) {
      union.add(SignedDataUnion.parse(block.get()));
    }
    for (SigningKey key : request.keys()) {
      CmsSigner signer = new CmsSigner(key, Optional.of(binding), request.signingTime());
      SignedData data = SignedDataUnion.parse(detached(signer, range));
      union.add(
          request.timestamps().isPresent()
              ? SignedDataUnion.timestamped(data, request.timestamps().get())
              : data);
    }
    byte[] cms = union.encoded();
    if (cms.length > PackageFormat.MAX_SIGNATURE_BYTES) {
      throw new GeneralSecurityException(
          "signatures of " + cms.length + " bytes, most " + PackageFormat.MAX_SIGNATURE_BYTES);
    }
    return cms;
  }

  private static byte[] detached(CmsSigner signer, byte[] content)
      throws GeneralSecurityException, IOException {
    return signer
        .sign(new CMSProcessableByteArray(content), false)
        .toASN1Structure()
        .getEncoded(ASN1Encoding.DER);
  }

  /// The same archive with NPA.SF and NPA.EC at their places, if there is a P-384 key.
  private static byte[] withJarSignature(UnsignedPackage found, SigningRequest request)
      throws GeneralSecurityException, IOException {
    TreeMap<String, byte[]> entries = new TreeMap<>();
    found.entryNames().forEach(name -> entries.put(name, found.bytes(name)));
    byte[] manifest = entries.remove(PackageFormat.MANIFEST);
    Optional<SigningKey> key = request.key(SignatureAlgorithm.EC_P384);
    if (key.isPresent()) {
      byte[] file = SignatureFile.of(manifest);
      CmsSigner signer = new CmsSigner(key.get(), Optional.empty(), request.signingTime());
      entries.put(PackageFormat.JAR_SIGNATURE_FILE, file);
      entries.put(PackageFormat.JAR_SIGNATURE_BLOCK, detached(signer, file));
    }
    StoredZip zip = new StoredZip();
    zip.add(PackageFormat.MANIFEST, manifest);
    entries.forEach(zip::add);
    return zip.finish();
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
