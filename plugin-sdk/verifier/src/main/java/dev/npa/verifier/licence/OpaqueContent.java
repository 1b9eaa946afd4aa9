// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Content of which nobody can read what it is: native code, archives, encoded or encrypted blocks,
/// tables of firmware. What cannot be read has no source and no licence that could be checked.
public final class OpaqueContent {

  private static final Set<String> EXTENSIONS =
      Set.of(
          "java",
          "txt",
          "md",
          "json",
          "xml",
          "properties",
          "sh",
          "gradle",
          "kts",
          "yaml",
          "yml",
          "mk",
          "html",
          "css",
          "adoc",
          "toml",
          "tsv",
          "csv");

  private static final Pattern BARE_NAME =
      Pattern.compile("(LICEN[CS]E|NOTICE|COPYING|AUTHORS|README|CHANGES|Makefile)");

  /// No word of a language is as long.
  private static final Pattern LONG_TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]{200,}");

  private static final Pattern ENCODED_LINE =
      Pattern.compile("\\s*[\"']?[A-Za-z0-9+/=]{56,}[\"'+;,\\s]*");
  private static final int MAX_ENCODED_LINES = 8;

  private static final Pattern NUMBERS =
      Pattern.compile("[\\s{}()xXa-fA-FlL0-9,;-]*[0-9][\\s{}()xXa-fA-FlL0-9,;-]*");
  private static final int MAX_NUMBER_BYTES = 16 << 10;

  private static final int WINDOW = 4096;
  private static final double MAX_ENTROPY = 5.8;

  private OpaqueContent() {}

  static void check(LicenceSubject subject, List<Refusal> refusals) {
    subject
        .entries()
        .forEach(
            (name, content) -> {
              if (name.startsWith("META-INF/npa/")) {
                reason(name, content)
                    .ifPresent(
                        why ->
                            refusals.add(
                                new Refusal(
                                    RuleId.L012_OPAQUE_CONTENT,
                                    new Location.Entry(name),
                                    why,
                                    "ship what a person would edit, or nothing")));
              }
            });
  }

  /// Why nobody can read a file; nothing if it is plain text of a known kind.
  ///
  /// @param name path of the file; its extension must be one that text has
  public static Optional<String> reason(String name, byte[] content) {
    Optional<String> binary = magic(content);
    if (binary.isPresent()) {
      return binary;
    }
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    boolean known =
        dot > 0
            ? EXTENSIONS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT))
            : BARE_NAME.matcher(file).matches();
    if (!known) {
      return Optional.of("is of no kind that this gate can read");
    }
    for (byte b : content) {
      if (b == 0) {
        return Optional.of("holds a NUL");
      }
    }
    if (name.equals(BillOfMaterials.ENTRY)) {
      return Optional.empty(); // full of digests, and read field by field
    }
    return encoded(new String(content, StandardCharsets.UTF_8)).or(() -> entropy(content));
  }

  private static Optional<String> magic(byte[] content) {
    String head = new String(content, 0, Math.min(content.length, 32), StandardCharsets.ISO_8859_1);
    return Magic.of(head).map(kind -> "is " + kind);
  }

  private static Optional<String> encoded(String text) {
    if (LONG_TOKEN.matcher(text).find()) {
      return Optional.of("holds an encoded block on one line");
    }
    int encodedLines = 0;
    int numberBytes = 0;
    for (String line : text.lines().toList()) {
      boolean blank = line.isBlank();
      encodedLines = ENCODED_LINE.matcher(line).matches() ? encodedLines + 1 : 0;
      if (!blank) {
        numberBytes = NUMBERS.matcher(line).matches() ? numberBytes + line.length() : 0;
      }
      if (encodedLines > MAX_ENCODED_LINES) {
        return Optional.of("holds an encoded block of many lines");
      }
      if (numberBytes > MAX_NUMBER_BYTES) {
        return Optional.of("holds a table of more than " + MAX_NUMBER_BYTES + " bytes of numbers");
      }
    }
    return Optional.empty();
  }

  /// Shannon's, in bits per byte, of each window. Languages stay below 5.3, Base64 is at 6.
  private static Optional<String> entropy(byte[] content) {
    for (int start = 0; start + WINDOW <= content.length; start += WINDOW) {
      int[] counts = new int[256];
      for (int i = start; i < start + WINDOW; i++) {
        counts[content[i] & 0xff]++;
      }
      double bits = 0;
      for (int count : counts) {
        if (count > 0) {
          double share = (double) count / WINDOW;
          bits -= share * Math.log(share) / Math.log(2);
        }
      }
      if (bits > MAX_ENTROPY) {
        return Optional.of(String.format(Locale.ROOT, "has %.1f bits per byte", bits));
      }
    }
    return Optional.empty();
  }
}
