// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.files.InputFile;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;

/// The text from which a trust bundle is made. Not thread-safe; for one use.
final class BundleText {
  private static final int LIMIT_BYTES = 256 << 10;

  private final Path file;
  private final BundleDraft draft;

  /// @param file where the text is from: names of files are relative to it
  BundleText(Path file, Instant issued) {
    this.file = file;
    this.draft = new BundleDraft(issued);
  }

  /// @throws IOException if a line cannot be understood; the message names it
  BundleContents parse(String text) throws IOException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        statement(line.strip().split("\\s+", 3));
      } catch (IllegalArgumentException
          | DateTimeException
          | NoSuchElementException
          | ArrayIndexOutOfBoundsException e) {
        throw new IOException(file + ":" + number + ": cannot be understood: " + line, e);
      }
    }
    try {
      return draft.contents();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void statement(String[] words) throws IOException {
    switch (words[0]) {
      case "serial" -> draft.serial(Long.parseLong(words[1]));
      case "expires" -> draft.expires(Instant.parse(words[1]));
      case "format" -> draft.minimumFormat(Integer.parseInt(words[1]));
      case "root" -> draft.roots(certificates(words[1]));
      case "timestamp-root" -> draft.timestampRoots(certificates(words[1]));
      case "revoke" -> {
        Instant since = Instant.parse(words[2]);
        certificates(words[1]).forEach(certificate -> draft.revoke(certificate, since));
      }
      case "deny" -> draft.deny(words[1], words[2]);
      case "minimum" -> draft.minimum(words[1], Integer.parseInt(words[2]));
      case "sunset" ->
          draft.sunset(SignatureAlgorithm.ofLabel(words[1]).orElseThrow(), Instant.parse(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private List<X509Certificate> certificates(String name) throws IOException {
    String path = file.toAbsolutePath().resolveSibling(name).toString();
    return Pem.certificates(name, InputFile.readAll(path, LIMIT_BYTES, "certificates"));
  }
}
