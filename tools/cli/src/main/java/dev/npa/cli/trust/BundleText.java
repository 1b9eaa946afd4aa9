// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.files.InputFile;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.BundleContents.Revocation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

/// The text from which a trust bundle is made. Not thread-safe; for one use.
final class BundleText {
  private static final int LIMIT_BYTES = 256 << 10;

  private final Path file;
  private final List<X509Certificate> roots = new ArrayList<>();
  private final List<X509Certificate> timestampRoots = new ArrayList<>();
  private final List<Revocation> revoked = new ArrayList<>();
  private final List<Denial> denied = new ArrayList<>();
  private final SortedMap<String, Integer> minimums = new TreeMap<>();
  private final SortedMap<SignatureAlgorithm, Instant> sunsets = new TreeMap<>();
  private long serial;
  private Instant expires = Instant.EPOCH;
  private int format = 1;

  /// @param file where the text is from: names of files are relative to it
  BundleText(Path file) {
    this.file = file;
  }

  /// @throws IOException if a line cannot be understood; the message names it
  BundleContents parse(String text, Instant issued) throws IOException {
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
      return new BundleContents(
          serial,
          issued,
          expires,
          roots,
          timestampRoots,
          revoked,
          denied,
          minimums,
          sunsets,
          format);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void statement(String[] words) throws IOException {
    switch (words[0]) {
      case "serial" -> serial = Long.parseLong(words[1]);
      case "expires" -> expires = Instant.parse(words[1]);
      case "format" -> format = Integer.parseInt(words[1]);
      case "root" -> roots.addAll(certificates(words[1]));
      case "timestamp-root" -> timestampRoots.addAll(certificates(words[1]));
      case "revoke" -> {
        Instant since = Instant.parse(words[2]);
        for (X509Certificate certificate : certificates(words[1])) {
          revoked.add(new Revocation(BundleContents.certificateId(certificate), since));
        }
      }
      case "deny" -> denied.add(new Denial(words[1], words[2]));
      case "minimum" -> minimums.put(words[1], Integer.parseInt(words[2]));
      case "sunset" ->
          sunsets.put(SignatureAlgorithm.ofLabel(words[1]).orElseThrow(), Instant.parse(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private List<X509Certificate> certificates(String name) throws IOException {
    String path = file.toAbsolutePath().resolveSibling(name).toString();
    return Pem.certificates(name, InputFile.readAll(path, LIMIT_BYTES, "certificates"));
  }
}
