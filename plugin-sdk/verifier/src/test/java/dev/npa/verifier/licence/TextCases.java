// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static dev.npa.verifier.RuleId.L004_TEXT_MISSING;
import static dev.npa.verifier.RuleId.L005_TEXT_DIFFERS;
import static dev.npa.verifier.RuleId.L013_STRAY_TEXT;

import dev.npa.verifier.RuleId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The licence texts: all there, unchanged, and no others.
final class TextCases {

  private static final String GROUP = "text";
  private static final String GPL = text("GPL-2.0-only");
  private static final String NOTICE = "Copyright (c) 2019 Jane Doe\n\n";

  private TextCases() {}

  static List<LicenceCase> all() {
    List<LicenceCase> cases = new ArrayList<>();
    cases.add(
        LicenceCase.refused(
            GROUP,
            "missing",
            TestPackage.bare("GPL-2.0-only").signed(),
            TestPackage.textEntry("GPL-2.0-only"),
            L004_TEXT_MISSING));
    cases.add(
        LicenceCase.refused(
            GROUP,
            "of the choice not taken",
            TestPackage.bare("MIT OR GPL-3.0-only").text("MIT", mit(NOTICE)).signed(),
            TestPackage.textEntry("GPL-3.0-only"),
            L004_TEXT_MISSING));
    cases.add(
        LicenceCase.refused(
            GROUP,
            "exception's missing",
            TestPackage.bare("GPL-2.0-only WITH Linux-syscall-note").text("GPL-2.0-only").signed(),
            TestPackage.textEntry("Linux-syscall-note"),
            L004_TEXT_MISSING));
    cases.add(altered("one word less", GPL.replace("NO WARRANTY", "WARRANTY")));
    cases.add(altered("a restriction behind", GPL + "\nNot for use with other drivers.\n"));
    cases.add(altered("a restriction before", "For evaluation only.\n\n" + GPL));
    cases.add(altered("the other version", text("GPL-3.0-only")));
    cases.add(altered("a Cyrillic a", GPL.replaceFirst("a", "\u0430")));
    cases.add(altered("a zero-width space", GPL.replaceFirst(" ", " \u200b")));
    cases.add(altered("empty", ""));
    cases.add(altered("an address of it", "https://www.gnu.org/licenses/gpl-2.0.txt\n"));
    cases.add(same("other line ends", GPL.replace("\n", "\r\n")));
    cases.add(same("other line breaks", GPL.replaceAll("\\s+", " ")));
    stray(cases);
    parts(cases);
    return cases;
  }

  private static void stray(List<LicenceCase> cases) {
    for (String name : List.of("EULA", "README", "MIT")) {
      cases.add(
          LicenceCase.refused(
              GROUP,
              "a stray " + name,
              TestPackage.under("GPL-2.0-only").text(name, "No reverse engineering.\n").signed(),
              TestPackage.textEntry(name),
              L013_STRAY_TEXT));
    }
    cases.add(
        LicenceCase.refused(
            GROUP,
            "a notice beside the licences",
            TestPackage.under("GPL-2.0-only")
                .entry("META-INF/npa/NOTICE.txt", "You may not change this plugin.\n")
                .signed(),
            "META-INF/npa/NOTICE.txt",
            L013_STRAY_TEXT));
    cases.add(
        LicenceCase.refused(
            GROUP,
            "restriction in the choice not taken",
            TestPackage.bare("GPL-2.0-only OR MIT")
                .text("GPL-2.0-only")
                .text("MIT", mit(NOTICE) + "\nNot for resale.\n")
                .signed(),
            TestPackage.textEntry("MIT"),
            L005_TEXT_DIFFERS));
  }

  private static void parts(List<LicenceCase> cases) {
    cases.add(part("of a part, missing", "", L004_TEXT_MISSING));
    cases.add(part("of a part", mit(NOTICE)));
    cases.add(part("of a part, with its title", "MIT License\n\n" + mit(NOTICE)));
    cases.add(
        part(
            "of a part, two holders",
            mit("Copyright 2010, 2012 A. Roe\nCopyright (C) Acme Inc.\n")));
    cases.add(
        part(
            "a restriction in the notice",
            mit("Copyright (c) 2019 Acme, not for commercial use\n\n"),
            L005_TEXT_DIFFERS));
    cases.add(part("a clause more", mit(NOTICE) + "\nNo benchmarks.\n", L005_TEXT_DIFFERS));
    cases.add(part("a clause before", mit("No benchmarks.\n\n" + NOTICE), L005_TEXT_DIFFERS));
    cases.add(
        part(
            "a holder of 200 characters",
            mit("Copyright (c) 2019 " + "Acme ".repeat(40) + "\n\n"),
            L005_TEXT_DIFFERS));
  }

  private static LicenceCase part(String name, String mit, RuleId... rules) {
    TestPackage plugin =
        TestPackage.under("GPL-2.0-only")
            .type("example.lib.Queue")
            .part("queue", "2.1", "MIT", "example.lib");
    if (!mit.isEmpty()) {
      plugin.text("MIT", mit);
    }
    return LicenceCase.refused(
        GROUP, name, plugin.signed(), rules.length == 0 ? "" : TestPackage.textEntry("MIT"), rules);
  }

  private static String mit(String head) {
    return head + new String(LicenceTexts.of("MIT", List.of()), StandardCharsets.UTF_8);
  }

  private static String text(String id) {
    return new String(LicenceTexts.of(id), StandardCharsets.UTF_8);
  }

  private static LicenceCase altered(String name, String text) {
    return LicenceCase.refused(
        GROUP,
        name,
        TestPackage.bare("GPL-2.0-only").text("GPL-2.0-only", text).signed(),
        TestPackage.textEntry("GPL-2.0-only"),
        L005_TEXT_DIFFERS);
  }

  private static LicenceCase same(String name, String text) {
    return LicenceCase.accepted(
        GROUP, name, TestPackage.bare("GPL-2.0-only").text("GPL-2.0-only", text).signed());
  }
}
