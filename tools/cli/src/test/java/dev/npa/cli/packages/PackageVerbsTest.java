// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageVerbsTest {
  @TempDir private Path dir;
  private VendorBench bench;

  @BeforeEach
  void setsUp() {
    bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
  }

  @Test
  void signsByBothAlgorithmsAtOnceAndVerifies() {
    bench.makeAll(VendorBench.BOTH);

    VerbRun run = bench.verify("p.npa.jar");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("EC-P384", "ML-DSA-65", "bytecode   ok", "licence    ok")
        .endsWith("ACCEPTED at level community (host minimum: community)\n");
  }

  @Test
  void measuresEachGateWhenAskedTo() {
    bench.makeAll(List.of());

    VerbRun run = bench.verify("p.npa.jar", "--repeat", "3");

    VendorBench.ok(run);
    assertThat(run.out())
        .contains("warm, medians of 3 decisions")
        .containsPattern("signature +[0-9.]+ ms")
        .containsPattern("all but bytecode +[0-9.]+ ms");
    bench.verify("p.npa.jar", "--repeat", "0").assertUsage("verify", "--repeat 0");
    bench
        .verify("p.npa.jar", "--repeat", "3", "--output", "json")
        .assertUsage("verify", "--output text");
  }

  @Test
  void refusesABrokenByteInEachFormat() throws IOException {
    bench.makeAll(List.of());
    breakByte("p.npa.jar", 999);

    VerbRun text = bench.verify("p.npa.jar");
    VerbRun json = bench.verify("p.npa.jar", "--output", "json");
    VerbRun sarif = bench.verify("p.npa.jar", "--output", "sarif");

    assertThat(text.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(text.out())
        .contains("error[NPA-S006]", "  --> signature block")
        .endsWith("REFUSED\n");
    assertThat(text.err()).contains("npa explain NPA-S006");
    assertThat(json.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(json.json().get("verdict")).isEqualTo("refused");
    assertThat(refusal(json).get("rule")).isEqualTo("NPA-S006");
    assertThat(sarif.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(sarif.json().get("version")).isEqualTo("2.1.0");
    assertThat(sarif.out()).contains("\"ruleId\" : \"NPA-S006\"");
  }

  @Test
  void buildsTheSameBytesTwice() throws IOException {
    VendorBench.ok(bench.build("a.jar", List.of()));
    VendorBench.ok(bench.build("b.jar", List.of()));

    assertThat(dir.resolve("a.jar")).hasSameBinaryContentAs(dir.resolve("b.jar"));
  }

  @Test
  void findsTheSamePayloadUnderOtherSignatures() throws IOException {
    bench.makeAll(List.of());
    VendorBench.ok(bench.makeKeys("other.p12", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "q.npa.jar", "other.p12"));

    VerbRun all = VerbRun.of(new DiffVerb(), bench.path("p.npa.jar"), bench.path("q.npa.jar"));
    VerbRun payload =
        VerbRun.of(
            new DiffVerb(), "--payload", bench.path("p.npa.jar"), bench.path("p.unsigned.jar"));

    VerbRun json =
        VerbRun.of(
            new DiffVerb(), "--output", "json", bench.path("p.npa.jar"), bench.path("q.npa.jar"));

    assertThat(all.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(all.out()).contains("- signature ORIGIN", "+ signature ORIGIN");
    assertThat(payload.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(json.json().get("same")).isEqualTo(false);
    assertThat((List<?>) json.json().get("differences")).hasSize(2);
    assertThat(payload.out()).startsWith("same payload sha384:");
  }

  @Test
  void inspectsWithoutTrustAndSaysSo() throws IOException {
    bench.makeAll(List.of());

    VerbRun text = VerbRun.of(new InspectVerb(), "--entries", bench.path("p.npa.jar"));
    VerbRun json = VerbRun.of(new InspectVerb(), "--output", "json", bench.path("p.npa.jar"));

    assertThat(text.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(text.out()).startsWith("UNVERIFIED: ").contains("org/kawela/vf/KawelaPlugin.class");
    assertThat(json.json().get("verified")).isEqualTo(false);
  }

  @Test
  void takesAnotherLicenceThanTheGplUnderTheLooserPolicyOnly() throws IOException {
    Path classes = dir.resolve("unlicensed");
    copyUnder("Unlicense", bench.classes(), classes);
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    VendorBench.ok(
        new VendorBench(Files.createDirectory(dir.resolve("v")), classes)
            .build("../p.unsigned.jar", "Unlicense", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "p.npa.jar", "keys.p12"));
    VendorBench.ok(bench.trust("add", bench.path("keys.root.pem")));

    VerbRun strict = bench.verify("p.npa.jar");
    VerbRun loose = bench.verify("p.npa.jar", "--licence-policy", "compatible");

    assertThat(strict.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(strict.out()).contains("error[NPA-L003]: ");
    assertThat(loose.exitCode()).as(loose.out()).isEqualTo(ExitCode.OK);
    assertThat(loose.out()).contains("licence    ok   Unlicense (policy compatible)");
    bench.verify("p.npa.jar", "--licence-policy", "any").assertUsage("verify", "any");
  }

  /// Classes with their source, which says another licence.
  private static void copyUnder(String licence, Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        byte[] content = Files.readAllBytes(file);
        Files.write(
            target,
            target.toString().endsWith(".class")
                ? content
                : new String(content, UTF_8).replace("GPL-2.0-or-later", licence).getBytes(UTF_8));
      }
    }
  }

  @Test
  void refusesASignerWhomNobodyEnrolled() {
    bench.makeAll(List.of());
    VendorBench.ok(bench.makeKeys("other.p12", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "q.npa.jar", "other.p12"));

    VerbRun run = bench.verify("q.npa.jar");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[NPA-S011]");
  }

  @Test
  void decidesAsOfTheTimeGiven() {
    bench.makeAll(List.of());

    assertThat(bench.verify("p.npa.jar", "--at", "2099-01-01").out()).contains("error[NPA-S012]");
    assertThat(bench.verify("p.npa.jar", "--at", "2001-01-01T00:00:00+14:00").exitCode())
        .isEqualTo(ExitCode.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tomorrow", "2026-11-23T09:00:00", "2026-13-01", "2026-02-30", "1700000000", "T"})
  void takesNoTimeThatMeansAnotherMomentElsewhere(String time) {
    bench.verify("p.npa.jar", "--at", time).assertUsage("verify", time);
  }

  @Test
  void wantsAPackageNamed() {
    VerbRun.of(new VerifyVerb()).assertUsage("verify", "PACKAGE");
    VerbRun.of(new SignVerb(), "--key", "k").assertUsage("sign", "PACKAGE");
    VerbRun.of(new BuildVerb()).assertUsage("build", "CLASSES");
  }

  @Test
  void cannotExamineWhatIsNoFile() {
    bench.verify(".").assertFailure("is a directory");
    bench.verify("missing.jar").assertFailure("missing.jar: no such file");
  }

  @Test
  void refusesAFileThatNeverEnds() throws IOException {
    bench.makeAll(List.of());

    Files.createSymbolicLink(dir.resolve("endless.jar"), Path.of("/dev/zero"));

    assertThat(bench.verify("endless.jar").out()).contains("error[NPA-P002]");
  }

  @Test
  void needsSomebodyToTrust() throws IOException {
    Files.writeString(dir.resolve("x.jar"), "x");
    bench.verify("x.jar").assertFailure("trusts nobody yet");
  }

  @Test
  void takesNoKeyOfAnotherAlgorithmThanPromised() {
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    VendorBench.ok(bench.build("p.unsigned.jar", VendorBench.BOTH));

    bench
        .sign("p.unsigned.jar", "p.npa.jar", "keys.p12")
        .assertFailure("0 signing keys for ML-DSA-65");
    assertThat(dir.resolve("p.npa.jar")).doesNotExist();
  }

  @Test
  void writesOverNoPackageUnlessToldTo() throws IOException {
    Files.writeString(dir.resolve("p.unsigned.jar"), "mine");

    bench.build("p.unsigned.jar", List.of()).assertFailure("--overwrite replaces it");
    assertThat(dir.resolve("p.unsigned.jar")).hasContent("mine");
    VendorBench.ok(bench.build("p.unsigned.jar", List.of("--overwrite")));
  }

  @Test
  void takesNoLinkAmongTheClasses() throws IOException {
    Path classes = Files.createDirectories(dir.resolve("classes"));
    Path secret = Files.writeString(dir.resolve("secret"), "secret");
    Files.createSymbolicLink(classes.resolve("A.class"), secret);

    VerbRun run =
        new VendorBench(Files.createDirectories(dir.resolve("v")), classes).build("p", List.of());

    run.assertFailure("a link or device among the classes");
  }

  @Test
  void readsADescriptorAndNamesTheLineThatIsWrong() throws IOException {
    Path file = Files.writeString(dir.resolve("plugin.properties"), "id = a.b\nverison = 1.0.0\n");
    String classes = bench.classes().toString();

    VerbRun.of(new BuildVerb(), classes, "--descriptor", file.toString())
        .assertFailure("plugin.properties:2: ");
    VerbRun.of(new BuildVerb(), classes, "--id", "a.b").assertUsage("build", "--version");
  }

  private void breakByte(String name, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(dir.resolve(name));
    bytes[at] ^= 1;
    Files.write(dir.resolve(name), bytes);
  }

  private static Map<?, ?> refusal(VerbRun run) throws IOException {
    return (Map<?, ?>) ((List<?>) run.json().get("refusals")).getFirst();
  }
}
