// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.cms.Jca;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// Writes the signature file of an ordinary JAR signature: the digests of the manifest, of its main
/// section and of every other section. It follows from the manifest byte for byte, so that the gate
/// compares where others parse.
///
/// Source: JAR File Specification, "Signature File".
public final class SignatureFile {

  private static final String DIGEST = "SHA-384-Digest";
  private static final byte[] SECTION_END = {'\r', '\n', '\r', '\n'};

  private SignatureFile() {}

  /// @param manifest as the builder writes it: CR LF, sections that end in an empty line
  public static byte[] of(byte[] manifest) {
    int start = sectionEnd(manifest, 0);
    StringBuilder out = new StringBuilder("Signature-Version: 1.0\r\n");
    attribute(out, DIGEST + "-Manifest", digest(manifest, 0, manifest.length));
    attribute(out, DIGEST + "-Manifest-Main-Attributes", digest(manifest, 0, start));
    out.append("\r\n");
    while (start < manifest.length) {
      int end = sectionEnd(manifest, start);
      String section = new String(manifest, start, end - start, StandardCharsets.ISO_8859_1);
      // Name, folded or not, up to the digest, which the manifest's one form puts next.
      out.append(section, 0, section.indexOf("\r\n" + PackageFormat.ENTRY_DIGEST) + 2);
      attribute(out, DIGEST, digest(manifest, start, end));
      out.append("\r\n");
      start = end;
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int sectionEnd(byte[] manifest, int start) {
    for (int at = start; at <= manifest.length - SECTION_END.length; at++) {
      if (java.util.Arrays.equals(manifest, at, at + 4, SECTION_END, 0, 4)) {
        return at + SECTION_END.length;
      }
    }
    return manifest.length;
  }

  private static String digest(byte[] bytes, int from, int to) {
    MessageDigest sha384 = Jca.sha384();
    sha384.update(bytes, from, to - from);
    return Base64.getEncoder().encodeToString(sha384.digest());
  }

  /// Folded at 72 bytes, as the manifest is.
  private static void attribute(StringBuilder out, String name, String value) {
    String line = name + ": " + value;
    while (line.length() > 72) {
      out.append(line, 0, 72).append("\r\n");
      line = " " + line.substring(72);
    }
    out.append(line).append("\r\n");
  }
}
