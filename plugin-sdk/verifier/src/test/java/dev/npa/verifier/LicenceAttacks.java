// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.L001_LICENCE_MISSING;
import static dev.npa.verifier.RuleId.L002_BAD_EXPRESSION;
import static dev.npa.verifier.RuleId.L003_NOT_GPL;
import static dev.npa.verifier.RuleId.L004_TEXT_MISSING;
import static dev.npa.verifier.RuleId.L005_TEXT_DIFFERS;
import static dev.npa.verifier.RuleId.L008_NO_SOURCE;
import static dev.npa.verifier.RuleId.L010_DEPRECATED_ID;
import static dev.npa.verifier.RuleId.L013_STRAY_TEXT;

import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Packages that are well-formed and signed, but not under the GPL as the gate wants it.
final class LicenceAttacks {

  private static final String SOURCE = "https://example.com/source.tgz";
  private static final String TEXT = "META-INF/npa/licenses/GPL-2.0-only.txt";
  private static final String LICENCE = PackageFormat.LICENCE;

  private LicenceAttacks() {}

  static Stream<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(Attack.of("no licence", L001_LICENCE_MISSING, LICENCE, noLicence()));
    for (String expression :
        List.of("MIT", "Apache-2.0 OR MIT", "LGPL-2.1-only", "GPL-2.0-only AND MIT")) {
      attacks.add(Attack.of(expression, L003_NOT_GPL, LICENCE, licensed(expression)));
    }
    for (String expression : List.of("GPL", "LicenseRef-Acme", "GPL-2.0-only or MIT")) {
      attacks.add(Attack.of(expression, L002_BAD_EXPRESSION, LICENCE, licensed(expression)));
    }
    attacks.add(Attack.of("GPL-2.0", L010_DEPRECATED_ID, LICENCE, licensed("GPL-2.0")));
    attacks.add(Attack.of("no text", L004_TEXT_MISSING, TEXT, licensed("GPL-2.0-only")));
    attacks.add(
        Attack.of(
            "text of another branch",
            L004_TEXT_MISSING,
            "GPL-3.0-only.txt",
            signed(builder("MIT OR GPL-3.0-only", SOURCE).add(text("MIT"), ascii("MIT")))));
    String gpl = new String(LicenceTexts.of("GPL-2.0-only"), StandardCharsets.US_ASCII);
    attacks.add(altered("one word less", gpl.replace("NO WARRANTY", "WARRANTY")));
    attacks.add(altered("a restriction more", gpl + "\nNot for use with other drivers.\n"));
    attacks.add(altered("the other version", ascii(LicenceTexts.of("GPL-3.0-only"))));
    attacks.add(altered("nothing", ""));
    attacks.add(
        Attack.of(
            "a text that nobody names",
            L013_STRAY_TEXT,
            "EULA.txt",
            signed(good(SOURCE).add(text("EULA"), ascii("no")))));
    for (String source :
        List.of(
            "http://example.com/s.tgz",
            "https://",
            "https://example.com",
            "ftp://example.com/x",
            "on request",
            "META-INF/npa/source/absent.txt",
            "example/nic/Plugin.class")) {
      attacks.add(
          Attack.of(
              "source " + source, L008_NO_SOURCE, PackageFormat.SOURCE, signed(good(source))));
    }
    attacks.add(Attack.of("no source", L008_NO_SOURCE, PackageFormat.SOURCE, noSource()));
    return attacks.stream();
  }

  private static PackageBuilder builder(String expression, String source) {
    return Samples.builder(Samples.manifest(Optional.of(expression), Optional.of(source)));
  }

  private static PackageBuilder good(String source) {
    return builder("GPL-2.0-only", source).addLicenceText("GPL-2.0-only");
  }

  private static byte[] licensed(String expression) {
    return signed(builder(expression, SOURCE));
  }

  private static byte[] noLicence() {
    return signed(Samples.builder(Samples.manifest(Optional.empty(), Optional.of(SOURCE))));
  }

  private static byte[] noSource() {
    return signed(
        Samples.builder(Samples.manifest(Optional.of("GPL-2.0-only"), Optional.empty()))
            .addLicenceText("GPL-2.0-only"));
  }

  private static Attack altered(String name, String text) {
    byte[] bytes = signed(builder("GPL-2.0-only", SOURCE).add(TEXT, ascii(text)));
    return Attack.of("text: " + name, L005_TEXT_DIFFERS, TEXT, bytes);
  }

  private static String text(String id) {
    return PackageFormat.LICENCE_TEXTS + id + ".txt";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static byte[] signed(PackageBuilder builder) {
    return Samples.signed(builder.build());
  }
}
