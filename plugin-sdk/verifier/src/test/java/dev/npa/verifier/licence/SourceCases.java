// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static dev.npa.verifier.RuleId.L008_NO_SOURCE;
import static dev.npa.verifier.RuleId.L012_OPAQUE_CONTENT;
import static dev.npa.verifier.RuleId.L013_STRAY_TEXT;
import static dev.npa.verifier.RuleId.L014_SOURCE_HEADER;
import static dev.npa.verifier.RuleId.L017_SOURCE_INCOMPLETE;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.Samples;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// Source that is there, promised, or neither; and files that nobody can read.
final class SourceCases {

  private static final String GPL = "GPL-2.0-only";
  private static final String DIGEST = "sha384:" + "0".repeat(96);
  private static final String TREE = SourceFiles.DIRECTORY;

  private SourceCases() {}

  static List<LicenceCase> all() {
    List<LicenceCase> cases = new ArrayList<>();
    elsewhere(cases);
    inside(cases);
    headers(cases);
    opaque(cases);
    languages(cases);
    return cases;
  }

  private static void elsewhere(List<LicenceCase> cases) {
    for (String source :
        List.of(
            "http://example.com/s.zip",
            "https://",
            "https://example.com",
            "ftp://example.com/x",
            "on request",
            "META-INF/npa/source/Plugin.java")) {
      cases.add(
          LicenceCase.refused(
              "source",
              "at " + source,
              Samples.signed(
                  Samples.builder(Samples.manifest(Optional.of(GPL), Optional.of(source)))
                      .addLicenceText(GPL)
                      .build()),
              PackageFormat.SOURCE,
              L008_NO_SOURCE));
    }
    cases.add(
        LicenceCase.refused(
            "source",
            "nowhere",
            Samples.signed(
                Samples.builder(Samples.manifest(Optional.of(GPL), Optional.empty()))
                    .addLicenceText(GPL)
                    .build()),
            PackageFormat.SOURCE,
            L008_NO_SOURCE));
    cases.add(offer("without a digest", "", "2029-11-20", PackageFormat.SOURCE_DIGEST));
    cases.add(
        offer("with a SHA-1", "sha1:" + "0".repeat(40), "2029-11-20", PackageFormat.SOURCE_DIGEST));
    cases.add(offer("without an offer", DIGEST, "", PackageFormat.SOURCE_OFFER_UNTIL));
    cases.add(
        offer("offered a day too short", DIGEST, "2029-11-19", PackageFormat.SOURCE_OFFER_UNTIL));
    cases.add(
        offer("offered until no date", DIGEST, "2029-02-30", PackageFormat.SOURCE_OFFER_UNTIL));
    cases.add(offer("offered for ever", DIGEST, "for ever", PackageFormat.SOURCE_OFFER_UNTIL));
    cases.add(
        LicenceCase.accepted(
            "source",
            "offered for three years to the day",
            TestPackage.under(GPL).offer(DIGEST, "2029-11-20").signed()));
  }

  private static void inside(List<LicenceCase> cases) {
    cases.add(LicenceCase.accepted("source", "inside", good().signed()));
    cases.add(
        inside(
            "inside and offered", good().offer(DIGEST, "2029-11-20"), "MANIFEST", L008_NO_SOURCE));
    cases.add(
        inside(
            "inside, but none",
            good().without(TestPackage.SOURCE).without(TestPackage.RECIPE),
            TREE,
            L017_SOURCE_INCOMPLETE));
    cases.add(
        inside(
            "without a recipe", good().without(TestPackage.RECIPE), TREE, L017_SOURCE_INCOMPLETE));
    cases.add(
        inside(
            "with a recipe that runs a processor",
            good()
                .entry(
                    TestPackage.RECIPE,
                    """
                    # SPDX-License-Identifier: GPL-2.0-only
                    format = 1
                    compiler = javac
                    release = 25
                    options = -processor Evil
                    sources = src
                    """),
            TestPackage.RECIPE,
            L017_SOURCE_INCOMPLETE));
    cases.add(
        inside("of one class less", good().type("example.nic.Ring"), TREE, L017_SOURCE_INCOMPLETE));
    cases.add(
        LicenceCase.accepted(
            "source",
            "two classes in one file, and one nested",
            good()
                .type("example.nic.Ring")
                .type("example.nic.Plugin$Inner")
                .entry(
                    TestPackage.SOURCE,
                    TestPackage.source(GPL, "example.nic", "Plugin") + "final class Ring {}\n")
                .signed()));
    cases.add(
        inside(
            "with terms beside it",
            good().entry(TREE + "LICENSE.txt", "All of it is a trade secret.\n"),
            "LICENSE.txt",
            L013_STRAY_TEXT));
    cases.add(
        inside(
            "with terms beside it, under another name",
            good().entry(TREE + "doc/ADDITIONAL-TERMS.txt", "You may not change this plugin.\n"),
            "ADDITIONAL-TERMS.txt",
            L013_STRAY_TEXT));
    cases.add(
        LicenceCase.accepted(
            "source",
            "of a class that is about licences",
            good()
                .type("example.nic.LicenceTerms")
                .entry(
                    TREE + "src/example/nic/LicenceTerms.java",
                    TestPackage.source(GPL, "example.nic", "LicenceTerms"))
                .signed()));
  }

  private static void headers(List<LicenceCase> cases) {
    String plain = TestPackage.source(GPL, "example.nic", "Plugin");
    String withoutHeader = plain.substring(plain.indexOf('\n') + 1);
    cases.add(source("without a header", withoutHeader, L014_SOURCE_HEADER));
    cases.add(
        source(
            "with two headers",
            plain.lines().findFirst().orElseThrow() + "\n" + plain,
            L014_SOURCE_HEADER));
    cases.add(source("with its header on line 9", "\n".repeat(8) + plain, L014_SOURCE_HEADER));
    cases.add(source("under Apache-2.0", plain.replace(GPL, "Apache-2.0"), L014_SOURCE_HEADER));
    cases.add(source("under GPL-3.0-only", plain.replace(GPL, "GPL-3.0-only"), L014_SOURCE_HEADER));
    cases.add(source("proprietary", plain.replace(GPL, "LicenseRef-Acme"), L014_SOURCE_HEADER));
    cases.add(source("under a later version too", plain.replace(GPL, "GPL-2.0-or-later")));
    cases.add(
        source(
            "header in a block comment",
            plain.replace(
                "// SPDX-License-Identifier: " + GPL,
                "/* SPDX-License-Identifier: " + GPL + " */")));
  }

  private static void opaque(List<LicenceCase> cases) {
    byte[] random = new byte[6000];
    new Random(20261123).nextBytes(random);
    String lines = Base64.getMimeEncoder().encodeToString(random).replace("\r", "");
    String plain = TestPackage.source(GPL, "example.nic", "Plugin");
    cases.add(opaque("Base64 in a comment", TestPackage.SOURCE, plain + "/*\n" + lines + "\n*/\n"));
    cases.add(
        opaque(
            "Base64 on one line",
            TestPackage.SOURCE,
            plain + "// " + Base64.getEncoder().encodeToString(random).substring(0, 300) + "\n"));
    cases.add(
        opaque(
            "firmware as numbers",
            TestPackage.SOURCE,
            plain
                + "/*\n"
                + "0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00, 0x00, 0x00,\n".repeat(400)
                + "*/\n"));
    cases.add(opaque("an unknown kind", TREE + "firmware.bin", "hello\n"));
    cases.add(opaque("a kind that nobody knows", TREE + "blob.dat", "hello\n"));
    cases.add(opaque("encrypted", TREE + "notes.txt", "-----BEGIN PGP MESSAGE-----\n\nabc\n"));
    cases.add(opaque("a Windows binary of letters", TREE + "a.txt", "MZ this is text\n"));
    cases.add(
        LicenceCase.accepted(
            "opaque",
            "a table of 256 numbers is readable",
            good()
                .entry(
                    TestPackage.SOURCE,
                    plain
                        + "/*\n"
                        + "0x00000000, 0x77073096, 0xee0e612c, 0x990951ba,\n".repeat(64)
                        + "*/\n")
                .signed()));
  }

  private static TestPackage good() {
    return TestPackage.withSource(GPL);
  }

  private static LicenceCase offer(String name, String digest, String until, String place) {
    return LicenceCase.refused(
        "source",
        name,
        TestPackage.under(GPL).offer(digest, until).signed(),
        place,
        L008_NO_SOURCE);
  }

  private static LicenceCase inside(
      String name, TestPackage plugin, String place, RuleId... rules) {
    return LicenceCase.refused("source", name, plugin.signed(), place, rules);
  }

  private static LicenceCase source(String name, String text, RuleId... rules) {
    return LicenceCase.refused(
        "header",
        name,
        good().entry(TestPackage.SOURCE, text).signed(),
        rules.length == 0 ? "" : TestPackage.SOURCE,
        rules);
  }

  /// Names of countries and languages as people write them there.
  private static void languages(List<LicenceCase> cases) {
    for (String language : List.of("zh", "zh-TW", "ja", "ko", "ru", "hi", "th", "el")) {
      Locale there = Locale.forLanguageTag(language);
      StringBuilder text = new StringBuilder();
      for (Locale locale : Locale.getAvailableLocales()) {
        text.append(locale.getDisplayCountry(there)).append(locale.getDisplayLanguage(there));
        text.append('\n');
      }
      cases.add(
          LicenceCase.accepted(
              "opaque",
              "no: written in " + language,
              good().entry(TREE + "README.md", text.toString()).signed()));
    }
    for (int letters : new int[] {64, 256, 4096, 20_000}) {
      Random random = new Random(letters);
      String text =
          random
              .ints(10_000, 0x4E00, 0x4E00 + letters)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      cases.add(
          opaque(
              "bits as one of " + letters + " Chinese characters each", TREE + "README.md", text));
    }
  }

  private static LicenceCase opaque(String name, String entry, String text) {
    return LicenceCase.refused(
        "opaque", name, good().entry(entry, text).signed(), entry, L012_OPAQUE_CONTENT);
  }
}
