// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.licence.GplFamily;
import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenceTableTest {

  private static final Location HERE = new Location.Package("test");
  private static final List<String> GPL =
      List.of("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GPL-2.0-only                                          | [GPL-2.0-only]
          GPL-2.0-or-later                                      | [GPL-2.0-or-later]
          GPL-3.0-only                                          | [GPL-3.0-only]
          GPL-3.0-or-later                                      | [GPL-3.0-or-later]
          (GPL-2.0-only)                                        | [GPL-2.0-only]
          GPL-2.0-only OR MIT                                   | [GPL-2.0-only]
          MIT OR GPL-3.0-only                                   | [GPL-3.0-only]
          MIT OR BSD-3-Clause OR GPL-2.0-or-later               | [GPL-2.0-or-later]
          GPL-2.0-only AND GPL-2.0-or-later                     | [GPL-2.0-only, GPL-2.0-or-later]
          GPL-2.0-or-later AND GPL-3.0-only                     | [GPL-2.0-or-later, GPL-3.0-only]
          MIT AND GPL-2.0-only OR GPL-3.0-only                  | [GPL-3.0-only]
          GPL-2.0-only AND (MIT OR GPL-2.0-or-later)            | [GPL-2.0-only, GPL-2.0-or-later]
          GPL-2.0-only OR GPL-2.0-only WITH Linux-syscall-note  | [GPL-2.0-only]
          ((GPL-2.0-only OR MIT))                               | [GPL-2.0-only]
          """)
  void takesBranchThatIsGplThroughout(String expression, String chosen) {
    assertThat(check(expression))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted ->
                assertThat(((LicensedPlugin) accepted.value()).licences()).hasToString(chosen));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MIT                                             | L003_NOT_GPL
          LGPL-2.1-or-later                               | L003_NOT_GPL
          AGPL-3.0-only                                   | L003_NOT_GPL
          GPL-2.0-only AND MIT                            | L003_NOT_GPL
          GPL-2.0-only AND Apache-2.0                     | L003_NOT_GPL
          GPL-2.0-only AND GPL-3.0-only                   | L003_NOT_GPL
          GPL-2.0-only WITH Linux-syscall-note            | L003_NOT_GPL
          MIT OR (GPL-2.0-only AND BSD-3-Clause)          | L003_NOT_GPL
          GPL-2.0                                         | L010_DEPRECATED_ID
          GPL-2.0+                                        | L010_DEPRECATED_ID
          GPL-3.0+ OR MIT                                 | L010_DEPRECATED_ID
          MIT OR LGPL-2.1                                 | L010_DEPRECATED_ID
          GPL                                             | L002_BAD_EXPRESSION
          gpl-2.0-only                                    | L002_BAD_EXPRESSION
          GPL-2.0-only or MIT                             | L002_BAD_EXPRESSION
          GPL-2.0-only  OR MIT                            | L002_BAD_EXPRESSION
          GPL-2.0-only OR                                 | L002_BAD_EXPRESSION
          OR GPL-2.0-only                                 | L002_BAD_EXPRESSION
          GPL-2.0-only MIT                                | L002_BAD_EXPRESSION
          GPL-2.0-only, MIT                               | L002_BAD_EXPRESSION
          GPL-2.0-only/MIT                                | L002_BAD_EXPRESSION
          (GPL-2.0-only                                   | L002_BAD_EXPRESSION
          GPL-2.0-only)                                   | L002_BAD_EXPRESSION
          ()                                              | L002_BAD_EXPRESSION
          (((((GPL-2.0-only)))))                          | L002_BAD_EXPRESSION
          GPL-2.0-only OR GPL-2.0-only                    | L002_BAD_EXPRESSION
          GPL-2.0-only AND GPL-2.0-only                   | L002_BAD_EXPRESSION
          MIT+                                            | L002_BAD_EXPRESSION
          LicenseRef-Acme                                 | L002_BAD_EXPRESSION
          GPL-2.0-only OR LicenseRef-NVIDIA               | L002_BAD_EXPRESSION
          DocumentRef-x:LicenseRef-y                      | L002_BAD_EXPRESSION
          GPL-2.0-only WITH MIT                           | L002_BAD_EXPRESSION
          GPL-2.0-only WITH Linux-syscall-note WITH MIT   | L002_BAD_EXPRESSION
          (GPL-2.0-only OR MIT) WITH Linux-syscall-note   | L002_BAD_EXPRESSION
          Dual BSD/GPL                                    | L002_BAD_EXPRESSION
          NONE                                            | L002_BAD_EXPRESSION
          NOASSERTION                                     | L002_BAD_EXPRESSION
          """)
  void refuses(String expression, RuleId rule) {
    assertThat(check(expression))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused ->
                assertThat(((Refusal) refused.refusals().getFirst()).rule()).isEqualTo(rule));
  }

  /// What a manifest cannot carry, the parser refuses by itself.
  @ParameterizedTest
  @CsvSource({
    "'GPL-2.0-only\u0000 for some'",
    "'GPL-2.0-only\n'",
    "'GPL-2.0-only\t'",
    "'GPL-2.0-\u043enly'", // Cyrillic o
    "'GPL\u20112.0-only'", // non-breaking hyphen
    "'GPL-2.0-only\u00a0OR MIT'",
    "''"
  })
  void refusesWhatOnlyLooksLikeGpl(String expression) {
    Verdict<SpdxExpression> verdict = parse(expression);

    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(verdict.toString()).contains("NPA-L002");
  }

  @Test
  void refusesLongExpressions() {
    assertThat(parse("(MIT) OR ".repeat(40))).isInstanceOf(Verdict.Refused.class);
    assertThat(
            parse(
                "MIT OR ISC OR Zlib OR MPL-2.0 OR EPL-2.0 OR CDDL-1.0 OR BSD-2-Clause"
                    + " OR BSD-3-Clause OR Apache-2.0"))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void multipliesOutAndOverOr() {
    assertThat(parse("(MIT OR ISC) AND (Zlib OR MPL-2.0)"))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted ->
                assertThat(((SpdxExpression) accepted.value()).branches())
                    .hasToString("[[MIT, Zlib], [MIT, MPL-2.0], [ISC, Zlib], [ISC, MPL-2.0]]"));
  }

  @Test
  void decidesOnRandomExpressions() {
    Random random = new Random(20261123);
    String[] tokens = {"GPL-2.0-only", "MIT", " OR ", " AND ", " WITH ", "(", ")", " ", "+", "\0"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(tokens[random.nextInt(tokens.length)]);
      }

      assertThat(parse(text.toString())).as("seed 20261123, round %d", i).isNotNull();
    }
  }

  @Test
  void knowsTheTextsItShips() {
    for (GplFamily licence : GplFamily.values()) {
      assertThat(LicenceTexts.isTextOf(licence, LicenceTexts.of(licence.id()))).isTrue();
    }
  }

  private static Verdict<SpdxExpression> parse(String text) {
    return SpdxParser.parse(text, HERE);
  }

  /// With the texts of every GPL licence that the expression names.
  private static Verdict<LicensedPlugin> check(String expression) {
    PackageBuilder builder =
        Samples.builder(
            Samples.manifest(Optional.of(expression), Optional.of("https://example.com/s.tgz")));
    GPL.stream()
        .filter(id -> expression.matches(".*(^|[ (])" + id + "($|[ )]).*"))
        .forEach(builder::addLicenceText);
    return SignedPlugin.check(Samples.signed(builder.build()), Samples.ANCHORS, Samples.NOW)
        .then(PluginArchive::read)
        .then(LicensedPlugin::check);
  }
}
