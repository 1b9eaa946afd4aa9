// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.cms.Jca;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The licence and exception texts that the gate knows, by SPDX id: the texts themselves for
/// whoever builds a package, and what equals them for the gate.
///
/// Long texts are known by digest, white space apart. Short ones, which every project heads with
/// its own copyright lines, by [TextTemplate].
public final class LicenceTexts {

  private static final List<String> SHORT =
      List.of("BSD-3-Clause", "BSD-2-Clause", "MIT", "ISC", "Zlib", "BSL-1.0", "UPL-1.0");

  private static final class Known {
    /// Digest of every known form to the name of the text.
    static final Map<String, String> LONG = new HashMap<>();

    static final Map<String, TextTemplate> TEMPLATES = new HashMap<>();

    static {
      for (List<String> row : TableResource.rows("texts/digests.tsv", 3)) {
        LONG.put(row.get(1), row.get(0));
      }
      for (String id : SHORT) {
        TEMPLATES.put(id, TextTemplate.read("templates/" + id + ".txt"));
      }
    }
  }

  private LicenceTexts() {}

  /// The text to put into a package at `META-INF/npa/licenses/<id>.txt`.
  ///
  /// @param id a licence or exception whose text is the same for everybody
  /// @throws IllegalArgumentException for any other id; {@link #of(String, List)} makes the text of
  ///   a licence that is headed by copyright lines
  public static byte[] of(String id) {
    if (!isSameForEverybody(id)) {
      throw new IllegalArgumentException("no text known for " + id);
    }
    return TableResource.bytes("texts/" + nameOfText(id) + ".txt");
  }

  /// The text of a licence with the copyright lines of those who gave it.
  ///
  /// @param notices whole lines, `Copyright (c) 2020 Acme`; ignored by a licence that has none
  /// @throws IllegalArgumentException if no text is known for the id
  public static byte[] of(String id, List<String> notices) {
    TextTemplate template = Known.TEMPLATES.get(id);
    return template == null ? of(id) : template.fill(notices).getBytes(StandardCharsets.UTF_8);
  }

  /// Whether {@link #of(String)} has the text.
  public static boolean isSameForEverybody(String id) {
    return Known.LONG.containsValue(nameOfText(id));
  }

  /// Whether a text of this licence or exception is known at all.
  public static boolean isKnown(String id) {
    return Known.TEMPLATES.containsKey(id) || Known.LONG.containsValue(nameOfText(id));
  }

  /// Whether a text is the known one of a licence or exception, white space apart.
  public static boolean isTextOf(String id, byte[] content) {
    TextTemplate template = Known.TEMPLATES.get(id);
    return template == null
        ? nameOfText(id).equals(Known.LONG.get(digest(content)))
        : template.matches(content);
  }

  /// The name of a known text: an SPDX id, but `GPL-2.0` where `-only` and `-or-later` share it.
  public static Optional<String> identify(byte[] content) {
    Optional<String> known = Optional.ofNullable(Known.LONG.get(digest(content)));
    return known.or(() -> SHORT.stream().filter(id -> isTextOf(id, content)).findFirst());
  }

  /// The longest known text that begins a text which goes on: how a restriction is added.
  public static Optional<String> begins(String text) {
    String normal = TextTemplate.normalised(text);
    return Known.LONG.values().stream()
        .distinct()
        .filter(name -> normal.startsWith(longText(name)))
        .max(Comparator.comparingInt(name -> longText(name).length()));
  }

  private static String longText(String name) {
    return TextTemplate.normalised(
        new String(TableResource.bytes("texts/" + name + ".txt"), StandardCharsets.UTF_8));
  }

  /// What a text is called: the GNU licences' text does not say whether later versions count.
  public static String nameOfText(String id) {
    return id.replaceFirst("-(only|or-later)$", "");
  }

  private static String digest(byte[] content) {
    MessageDigest sha384 = Jca.sha384();
    boolean pending = false;
    boolean started = false;
    for (byte b : content) {
      boolean white = b == ' ' || b == '\t' || b == '\n' || b == '\f' || b == '\r';
      if (white) {
        pending = started;
        continue;
      }
      if (pending) {
        sha384.update((byte) ' ');
      }
      sha384.update(b);
      pending = false;
      started = true;
    }
    return HexFormat.of().formatHex(sha384.digest());
  }
}
