// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static dev.npa.verifier.RuleId.L001_LICENCE_MISSING;
import static dev.npa.verifier.RuleId.L002_BAD_EXPRESSION;
import static dev.npa.verifier.RuleId.L003_NOT_GPL;
import static dev.npa.verifier.RuleId.L010_DEPRECATED_ID;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the signed `SPDX-License-Identifier` says, and what it only seems to say.
final class ExpressionCases {

  private static final String GROUP = "expression";
  private static final String LICENCE = PackageFormat.LICENCE;

  private ExpressionCases() {}

  static List<LicenceCase> all() {
    List<LicenceCase> cases = new ArrayList<>();
    for (String gpl :
        List.of("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later")) {
      cases.add(ok(gpl, TestPackage.under(gpl)));
    }
    cases.add(ok("GPL-2.0-only OR MIT", bare("GPL-2.0-only OR MIT").text("GPL-2.0-only")));
    cases.add(ok("MIT OR GPL-3.0-only", bare("MIT OR GPL-3.0-only").text("GPL-3.0-only")));
    cases.add(
        ok(
            "(GPL-2.0-only OR MIT) AND GPL-2.0-or-later",
            bare("(GPL-2.0-only OR MIT) AND GPL-2.0-or-later")
                .text("GPL-2.0-only")
                .text("GPL-2.0-or-later")));
    cases.add(
        ok(
            "GPL-2.0-only WITH Linux-syscall-note",
            bare("GPL-2.0-only WITH Linux-syscall-note")
                .text("GPL-2.0-only")
                .text("Linux-syscall-note")));
    cases.add(
        ok(
            "GPL-2.0-or-later WITH Classpath-exception-2.0",
            bare("GPL-2.0-or-later WITH Classpath-exception-2.0")
                .text("GPL-2.0-or-later")
                .text("Classpath-exception-2.0")));
    notGpl(cases);
    compatible(cases);
    for (String deprecated : List.of("GPL-2.0", "GPL-2.0+", "MIT OR LGPL-2.1")) {
      cases.add(bad(deprecated, L010_DEPRECATED_ID));
    }
    malformed(cases);
    hidden(cases);
    return cases;
  }

  private static void notGpl(List<LicenceCase> cases) {
    for (String licence :
        List.of(
            "MIT",
            "Apache-2.0 OR MIT",
            "LGPL-2.1-or-later",
            "AGPL-3.0-only",
            "GPL-2.0-only AND GPL-3.0-only",
            "GPL-2.0-only AND Apache-2.0")) {
      cases.add(bad(licence, L003_NOT_GPL));
    }
  }

  private static void compatible(List<LicenceCase> cases) {
    String mit =
        new String(
            LicenceTexts.of("MIT", List.of("Copyright (c) 2026 Example NICs")),
            StandardCharsets.UTF_8);
    cases.add(ok("MIT", bare("MIT").text("MIT", mit)).compatible());
    cases.add(
        ok("LGPL-2.1-or-later", bare("LGPL-2.1-or-later").text("LGPL-2.1-or-later")).compatible());
    cases.add(
        ok(
                "GPL-2.0-only AND MIT",
                bare("GPL-2.0-only AND MIT").text("GPL-2.0-only").text("MIT", mit))
            .compatible());
    cases.add(bad("Apache-2.0", L003_NOT_GPL).compatible());
    cases.add(bad("CC0-1.0", L003_NOT_GPL).compatible());
  }

  private static void malformed(List<LicenceCase> cases) {
    for (String text :
        List.of(
            "GPL",
            "gpl-2.0-only",
            "GPL-2.0-only or MIT",
            "GPL-2.0-only  OR MIT",
            "GPL-2.0-only OR GPL-2.0-only",
            "(((((GPL-2.0-only)))))",
            "(GPL-2.0-only",
            "Dual BSD/GPL",
            "NOASSERTION",
            "LicenseRef-Acme",
            "GPL-2.0-only OR LicenseRef-Acme",
            "GPL-2.0-only WITH GCC-exception-3.1",
            "MIT WITH Linux-syscall-note",
            "GPL-2.0-only WITH Acme-exception",
            "GPL-2.0-only for files in the GPL directory")) {
      cases.add(bad(text, L002_BAD_EXPRESSION));
    }
    cases.add(
        bad(
            "MIT OR ISC OR Zlib OR MPL-2.0 OR EPL-2.0 OR CDDL-1.0 OR JSON OR UPL-1.0 OR"
                + " GPL-2.0-only",
            L002_BAD_EXPRESSION));
  }

  private static void hidden(List<LicenceCase> cases) {
    cases.add(
        LicenceCase.refused(
            GROUP,
            "none",
            Samples.signed(
                Samples.builder(
                        Samples.manifest(Optional.empty(), Optional.of(TestPackage.ADDRESS)))
                    .build()),
            LICENCE,
            L001_LICENCE_MISSING,
            RuleId.L006_UNLICENSED_CLASS));
    cases.add(forged("a NUL and more", "GPL-2.0-only\0 for files in the \"GPL\" directory"));
    cases.add(forged("a Cyrillic o", "GPL-2.0-\u00d0\u00benly"));
    cases.add(forged("a non-breaking hyphen", "GPL\u00e2\u0080\u00912.0-only"));
    cases.add(forged("a zero-width space", "GPL-2.0-only\u00e2\u0080\u008b"));
    cases.add(forged("repeated", "GPL-2.0-only\r\nSPDX-License-Identifier: MIT"));
    cases.add(forged("a carriage return", "GPL-2.0-only\rX"));
  }

  /// Written into the manifest as bytes, past every tool of ours.
  private static LicenceCase forged(String name, String value) {
    byte[] archive =
        new ForgedArchive()
            .manifestText(
                text ->
                    text.replace(
                        "SPDX-License-Identifier: GPL-2.0-only",
                        "SPDX-License-Identifier: " + value))
            .build();
    boolean syntax = name.contains("carriage");
    return LicenceCase.refused(
        GROUP,
        name,
        Samples.signedAnyway(archive),
        syntax ? "MANIFEST" : LICENCE,
        L002_BAD_EXPRESSION);
  }

  private static TestPackage bare(String licence) {
    return TestPackage.bare(licence);
  }

  private static LicenceCase ok(String name, TestPackage plugin) {
    return LicenceCase.accepted(GROUP, name, plugin.signed());
  }

  private static LicenceCase bad(String licence, RuleId rule) {
    return LicenceCase.refused(GROUP, licence, bare(licence).signed(), LICENCE, rule);
  }
}
