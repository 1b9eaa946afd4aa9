// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private static final int WINDOW = 4096;
  private static final double MAX_ENTROPY = 5.8;

  /// A window of a text that is not all ASCII.
  private static final int CHARACTERS = 2048;

  private static final double MOST_OF_LANGUAGES = 0.94;

  /// Logarithms to base 2 of 0 (as 0) to WINDOW.
  private static final double[] LOG2 = logarithms();

  private OpaqueContent() {}

  private static double[] logarithms() {
    double[] log2 = new double[WINDOW + 1];
    for (int i = 1; i <= WINDOW; i++) {
      log2[i] = Math.log(i) / Math.log(2);
    }
    return log2;
  }

  static void check(LicenceSubject subject, List<Refusal> refusals) {
    subject
        .entries()
        .forEach(
            (name, content) -> {
              if (name.startsWith(PackageFormat.OWN)) {
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
    return EncodedText.find(content).or(() -> entropy(content));
  }

  private static Optional<String> magic(byte[] content) {
    String head = new String(content, 0, Math.min(content.length, 32), StandardCharsets.ISO_8859_1);
    return Magic.of(head).map(kind -> "is " + kind);
  }

  /// By Shannon's entropy of each window. Where all is ASCII, languages and code stay below 5.3
  /// bits per character, and Base64 is at 6. Scripts with more letters go up to 7.9, but use them
  /// unevenly as all languages do: at most 0.91 of what as many letters could carry (measured on
  /// the messages of 100 languages), where encoded blocks are at 0.97 or more.
  private static Optional<String> entropy(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    boolean otherThanAscii = text.length() < content.length && text.indexOf('\uFFFD') < 0;
    return otherThanAscii ? entropyOfText(text.codePoints().toArray()) : entropyOfBytes(content);
  }

  private static Optional<String> entropyOfBytes(byte[] content) {
    for (int start = 0; start + WINDOW <= content.length; start += WINDOW) {
      int[] counts = new int[256];
      for (int i = start; i < start + WINDOW; i++) {
        counts[content[i] & 0xff]++;
      }
      double bits = bits(counts, WINDOW);
      if (bits > MAX_ENTROPY) {
        return Optional.of(String.format(Locale.ROOT, "has %.1f bits per byte", bits));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> entropyOfText(int[] characters) {
    for (int start = 0; start + CHARACTERS <= characters.length; start += CHARACTERS) {
      int[] sorted = Arrays.copyOfRange(characters, start, start + CHARACTERS);
      Arrays.sort(sorted);
      int[] counts = new int[CHARACTERS];
      int distinct = 0;
      for (int i = 0; i < CHARACTERS; i++) {
        distinct += i > 0 && sorted[i] != sorted[i - 1] ? 1 : 0;
        counts[distinct]++;
      }
      double bits = bits(counts, CHARACTERS);
      boolean ascii = sorted[CHARACTERS - 1] < 0x80;
      if (bits > MAX_ENTROPY && (ascii || bits > MOST_OF_LANGUAGES * LOG2[distinct + 1])) {
        return Optional.of(
            String.format(Locale.ROOT, "has %.1f bits per character of %d", bits, distinct + 1));
      }
    }
    return Optional.empty();
  }

  private static double bits(int[] counts, int total) {
    double bits = LOG2[total];
    for (int count : counts) {
      bits -= count * LOG2[count] / total;
    }
    return bits;
  }
}
