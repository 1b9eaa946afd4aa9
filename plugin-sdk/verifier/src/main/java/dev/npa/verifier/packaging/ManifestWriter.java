// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PackageFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;

/// Writes the one form of a JAR manifest that the gate reads: main attributes in the order given,
/// then a section with the digest of every entry.
final class ManifestWriter {

  private static final int LINE = 72;

  private final StringBuilder out = new StringBuilder();

  byte[] write(Map<String, String> main, SortedMap<String, byte[]> entries) {
    main.forEach(this::attribute);
    out.append("\r\n");
    entries.forEach(
        (name, content) -> {
          attribute("Name", name);
          attribute(PackageFormat.ENTRY_DIGEST, digest(content));
          out.append("\r\n");
        });
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Folds at 72 bytes, line ends not counted, as `java.util.jar` does.
  private void attribute(String name, String value) {
    String rest = name + ": " + value;
    while (rest.length() > LINE) {
      out.append(rest, 0, LINE).append("\r\n");
      rest = " " + rest.substring(LINE);
    }
    out.append(rest).append("\r\n");
  }

  private static String digest(byte[] content) {
    try {
      byte[] sha384 = MessageDigest.getInstance("SHA-384").digest(content);
      return Base64.getEncoder().encodeToString(sha384);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
    }
  }
}
