// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.files.InputFile;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The text from which a trust bundle is made. Not thread-safe; for one use.
final class BundleText {
  private static final int LIMIT_BYTES = 256 << 10;

  private enum Statement {
    SERIAL(1, true),
    EXPIRES(1, true),
    FORMAT(1, true),
    ROOT(1, false),
    TIMESTAMP_ROOT(1, false),
    REVOKE(2, false),
    DENY(2, false),
    MINIMUM(2, false),
    SUNSET(2, false);

    private final int values;
    private final boolean once;

    Statement(int values, boolean once) {
      this.values = values;
      this.once = once;
    }

    private static Statement of(String word) {
      return Stream.of(values())
          .filter(statement -> statement.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "none of " + Stream.of(values()).map(Statement::word).toList()));
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Path file;
  private final BundleDraft draft;
  private final Set<Statement> said = EnumSet.noneOf(Statement.class);

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
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "%s:%d: %s: %s".formatted(file, number, line.strip(), e.getMessage()), e);
      }
    }
    try {
      return draft.contents();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void statement(String[] words) throws IOException {
    Statement statement = Statement.of(words[0]);
    if (words.length != 1 + statement.values) {
      throw new IllegalArgumentException("takes " + statement.values + " values");
    }
    if (!said.add(statement) && statement.once) {
      throw new IllegalArgumentException("said twice");
    }
    switch (statement) {
      case SERIAL -> draft.serial(number(words[1], BundleContents.MAX_SERIAL));
      case EXPIRES -> draft.expires(time(words[1]));
      case FORMAT -> draft.minimumFormat((int) number(words[1], Integer.MAX_VALUE));
      case ROOT -> draft.roots(certificates(words[1]));
      case TIMESTAMP_ROOT -> draft.timestampRoots(certificates(words[1]));
      case REVOKE -> {
        Instant since = time(words[2]);
        certificates(words[1]).forEach(certificate -> draft.revoke(certificate, since));
      }
      case DENY -> draft.deny(words[1], words[2]);
      case MINIMUM -> draft.minimum(words[1], (int) number(words[2], PackageFormat.MAX_GENERATION));
      case SUNSET -> draft.sunset(algorithm(words[1]), time(words[2]));
    }
  }

  /// From 1 on; no bound here has more than 18 digits.
  private static long number(String text, long most) {
    long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("not a number from 1 to " + most + ": " + text);
    }
    return number;
  }

  private static Instant time(String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(noTime(text), e);
    }
    throw new IllegalArgumentException(noTime(text));
  }

  private static String noTime(String text) {
    return "not a time in whole seconds as 2027-01-31T00:00:00Z: " + text;
  }

  private static SignatureAlgorithm algorithm(String label) {
    return SignatureAlgorithm.ofLabel(label)
        .orElseThrow(() -> new IllegalArgumentException("neither EC-P384 nor ML-DSA-65"));
  }

  private List<X509Certificate> certificates(String name) throws IOException {
    String path = file.toAbsolutePath().resolveSibling(name).toString();
    return Pem.certificates(name, InputFile.readAll(path, LIMIT_BYTES, "certificates"));
  }
}
