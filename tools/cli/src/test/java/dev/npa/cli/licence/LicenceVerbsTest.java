// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.TestImage;
import dev.npa.cli.VerbRun;
import dev.npa.testbed.SamplePlugin;
import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenceVerbsTest {
  @TempDir Path dir;

  @Test
  void checksAPackageBeforeAndAfterItIsSigned() throws Exception {
    assertThat(run("check", unsigned(sample())).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run("check", signed(sample())).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void saysWhyAPackageIsRefused() throws Exception {
    VerbRun run = run("check", unsigned(sample().withLicence("MIT")));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .startsWith("error[NPA-L003]: ")
        .contains("  --> META-INF/MANIFEST.MF SPDX-License-Identifier\n");
  }

  @Test
  void takesMoreUnderTheLooserPolicyButWantsTheTextsAllTheSame() throws Exception {
    VerbRun run =
        run("check", unsigned(sample().withLicence("MIT")), "--licence-policy", "compatible");

    assertThat(run.out()).contains("NPA-L004").doesNotContain("NPA-L003");
  }

  @Test
  void printsFindingsAsJsonAndSarif() throws Exception {
    String file = unsigned(sample().withLicence("MIT"));
    Map<?, ?> json = run("check", file, "--output", "json").json();
    Map<?, ?> sarif = run("check", file, "--output", "sarif").json();

    assertThat(json.get("verdict")).isEqualTo("refused");
    assertThat(json.get("refusals").toString()).contains("rule=NPA-L003");
    assertThat(sarif.get("version")).isEqualTo("2.1.0");
    assertThat(sarif.get("runs").toString()).contains("ruleId=NPA-L003");
  }

  @Test
  void showsTheChoiceThatIsTaken() throws Exception {
    VerbRun run = run("show", unsigned(sample()));

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("GPL-2.0-or-later: taken, carried by GPL-2.0-only, GPL-3.0-only")
        .contains("check   accepted");
    assertThat(run("show", unsigned(sample()), "--output", "json").json().get("refusals"))
        .isEqualTo(0L);
  }

  @Test
  void printsTheNoticeOfAPackageWithoutParts() throws Exception {
    assertThat(run("notice", unsigned(sample())).out())
        .contains("is distributed under GPL-2.0-or-later")
        .contains("no third-party code");
  }

  @Test
  void printsNoNoticeOfAPackageThatIsRefused() throws Exception {
    VerbRun run = run("notice", unsigned(sample().withLicence("MIT")));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).startsWith("error[NPA-L003]: ").doesNotContain("is distributed under");
  }

  @Test
  void listsWhatEachSourceFileStates() throws IOException {
    Files.writeString(dir.resolve("A.java"), "// SPDX-License-Identifier: MIT\nclass A {}\n");

    assertThat(run("headers", dir.toString(), "--list").out())
        .startsWith("A.java: MIT\naccepted: ");
  }

  @Test
  void callsAnUnknownLicenceOrPolicyAFaultOfUsage() throws Exception {
    run("headers", dir.toString(), "--licence", "GPL v2").assertUsage("licence headers", "GPL v2");
    run("check", "x.jar", "--licence-policy", "any").assertUsage("licence check", "any");
    run("show", "x.jar", "--at", "now").assertUsage("licence show", "now");
    run("check", "x.jar", "--output", "xml").assertUsage("licence check", "xml");
  }

  @Test
  void findsSourcesWithoutAHeader() throws IOException {
    Files.writeString(dir.resolve("A.java"), "// SPDX-License-Identifier: MIT\nclass A {}\n");
    assertThat(run("headers", dir.toString()).exitCode()).isEqualTo(ExitCode.OK);
    Files.writeString(dir.resolve("B.java"), "class B {}\n");
    VerbRun run = run("headers", dir.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).startsWith("error[NPA-L014]: ").contains("  --> B.java\n");
    assertThat(run("headers", dir.toString(), "--licence", "GPL-2.0-only").out())
        .contains(": states MIT, not GPL-2.0-only\n  --> A.java\n");
  }

  @Test
  void pointsCodeScanningAtTheFileWithoutAHeader() throws IOException {
    Files.writeString(dir.resolve("B.java"), "class B {}\n");
    VerbRun run = run("headers", dir.toString(), "--output", "sarif");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.json().get("runs").toString()).contains("uri=" + dir + "/B.java");
  }

  @Test
  void identifiesATextAndWhatWasAddedToIt() throws IOException {
    Path gpl = Files.write(dir.resolve("gpl"), LicenceTexts.of("GPL-2.0-only"));
    Path mit =
        Files.write(
            dir.resolve("mit"), LicenceTexts.of("MIT", List.of("Copyright (c) 2026 A. Roe")));
    assertThat(run("identify", gpl.toString()).out()).contains(": GPL-2.0; whether");
    assertThat(run("identify", mit.toString()).out()).endsWith(": MIT\n");
    Files.writeString(gpl, Files.readString(gpl) + "Not for resale.\n");

    assertThat(run("identify", gpl.toString()).exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run("identify", gpl.toString()).out()).contains("begins with that of GPL-2.0");
  }

  @ParameterizedTest
  @CsvSource({
    "GPL v2, GPL-2.0-only",
    "GPL-2.0+, GPL-2.0-or-later",
    "lgpl-2.1, LGPL-2.1-only",
    "Dual MIT/GPL, MIT OR GPL-2.0-only",
    "'The Apache License, Version 2.0', Apache-2.0",
    "Bouncy  Castle Licence, MIT",
    "MIT OR GPL-3.0-only, MIT OR GPL-3.0-only"
  })
  void normalisesWhatMeansOneThing(String name, String expression) {
    VerbRun run = run("normalise", name);

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out().strip()).isEqualTo(expression);
  }

  @ParameterizedTest
  @CsvSource({
    "Dual BSD/GPL, which BSD licence",
    "GPL, no version",
    "BSD, BSD-2-Clause",
    "Acme EULA 7, unknown"
  })
  void explainsWhatMeansMoreThanOneThing(String name, String why) {
    VerbRun run = run("normalise", name);

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains(why);
  }

  private SamplePlugin sample() throws IOException {
    return SamplePlugin.fromImage(TestImage.in(dir));
  }

  private String unsigned(SamplePlugin plugin) throws IOException {
    return Files.write(dir.resolve("unsigned.jar"), plugin.unsignedPackage()).toString();
  }

  private String signed(SamplePlugin plugin) throws IOException, GeneralSecurityException {
    ThrowawayPki pki = ThrowawayPki.create("Kawela", Instant.now());
    return Files.write(dir.resolve("signed.jar"), plugin.signedPackage(pki.vendorKey())).toString();
  }

  private static VerbRun run(String... arguments) {
    return VerbRun.of(LicenceVerbs.group(), arguments);
  }
}
