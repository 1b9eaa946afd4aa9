// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.archive.SignatureFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A signed package that somebody without its key edits with ordinary ZIP tools, who keeps the
/// signature block where it was.
public final class EditedPackage {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final byte[] signed;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  public EditedPackage(byte[] signed) {
    this.signed = signed;
    switch (UnverifiedPackage.read(signed)) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage read) ->
          read.entryNames().forEach(name -> entries.put(name, read.bytes(name)));
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
          throw new IllegalArgumentException(refusals.toString());
    }
  }

  public EditedPackage put(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  public EditedPackage remove(String name) {
    entries.remove(name);
    return this;
  }

  public EditedPackage manifest(UnaryOperator<String> change) {
    String text = new String(entries.get(MANIFEST), StandardCharsets.ISO_8859_1);
    return put(MANIFEST, change.apply(text).getBytes(StandardCharsets.ISO_8859_1));
  }

  public byte[] unsealed() {
    StoredZip zip = new StoredZip();
    entries.forEach(zip::add);
    return zip.finish();
  }

  public byte[] seal() {
    return seal(unsealed());
  }

  private byte[] seal(byte[] archive) {
    return PackageSigner.append(Arrays.copyOf(archive, archive.length - 2), Samples.block(signed));
  }

  public byte[] prefix(byte[] more) {
    byte[] out = Arrays.copyOf(more, more.length + signed.length);
    System.arraycopy(signed, 0, out, more.length, signed.length);
    return out;
  }

  public byte[] comment(String text) {
    byte[] comment = text.getBytes(StandardCharsets.US_ASCII);
    byte[] range = Samples.signedRange(signed);
    return ByteBuffer.allocate(range.length + 2 + comment.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(range)
        .putShort((short) comment.length)
        .put(comment)
        .array();
  }

  /// A second entry of a name there is already.
  public byte[] twice(String name, byte[] content) {
    StoredZip zip = new StoredZip();
    entries.forEach(zip::add);
    zip.add(name, content);
    return seal(zip.finish());
  }

  /// Another name in the local header than in the central directory.
  public byte[] renamedLocally(String name) {
    byte[] out = seal();
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; ; at++) {
      if (Arrays.equals(out, at, at + wanted.length, wanted, 0, wanted.length)
          && out[at - 30] == 'P') {
        out[at] ^= 1;
        return out;
      }
    }
  }

  /// One more class, with a JAR signature over everything by somebody else.
  public byte[] signedToo() {
    SigningKey stranger = Samples.pki("Stranger", Samples.NOW).vendorKey();
    put("zz/A.class", Samples.CLASS);
    manifest(text -> text + section("zz/A.class", Samples.CLASS));
    byte[] file = SignatureFile.of(entries.get(MANIFEST));
    try {
      put("META-INF/STRANGER.SF", file);
      put("META-INF/STRANGER.EC", JarBlocks.block(stranger, file));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return seal();
  }

  private static String section(String name, byte[] content) {
    java.util.TreeMap<String, byte[]> one = new java.util.TreeMap<>(Map.of(name, content));
    String text =
        new String(new ManifestWriter().write(Map.of(), one), StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf("Name:"));
  }
}
