// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountersignVerbTest {
  @TempDir private static Path shared;
  private static VendorBench made;

  @TempDir private Path dir;
  private VendorBench bench;

  /// A platform's lab, and a vendor below the platform's root with a signed package.
  @BeforeAll
  static void makesKeys() {
    made = new VendorBench(shared, new ProductModule("sample-plugins/kawela").classes());
    VendorBench.ok(
        made.keys(
            "new", made.path("lab.p12"), "--dev", "--vendor", "lab", "--use", "certification"));
    VendorBench.ok(
        made.keys(
            "new",
            made.path("vendor.p12"),
            "--authority",
            made.path("lab.p12"),
            "--vendor",
            "acme",
            "--pci",
            "8086",
            "--packages",
            "org.kawela"));
    VendorBench.ok(made.build("p.unsigned.jar", List.of()));
    VendorBench.ok(made.sign("p.unsigned.jar", "p.npa.jar", "vendor.p12"));
  }

  @BeforeEach
  void setsUp() throws IOException {
    bench = VendorBench.like(made, dir);
    VendorBench.ok(bench.trust("add", "--platform", bench.path("lab.root.pem")));
  }

  @Test
  void raisesALevelWithoutTouchingTheContent() {
    VerbRun run = countersign("p.npa.jar", "lab.p12", "--level", "accepted");

    VendorBench.ok(run);
    assertThat(run.out()).startsWith(bench.path("p.accepted.npa.jar") + ": certified to level");
    VerbRun before = bench.verify("p.npa.jar");
    VerbRun after = bench.verify("p.accepted.npa.jar");
    assertThat(before.out()).contains("ACCEPTED at level partner");
    assertThat(after.out()).contains("ACCEPTED at level accepted", "certification CN=lab");
    assertThat(line(after, "  content")).isEqualTo(line(before, "  content"));
  }

  @Test
  void certifiesNothingOfWhichAByteIsBroken() throws IOException {
    byte[] bytes = Files.readAllBytes(dir.resolve("p.npa.jar"));
    bytes[999] ^= 1;
    Files.write(dir.resolve("p.npa.jar"), bytes);

    assertRefused(countersign("p.npa.jar", "lab.p12", "--level", "accepted"), "NPA-S006");
  }

  @Test
  void certifiesNothingUnsigned() {
    assertRefused(
        countersign(
            "p.unsigned.jar", "lab.p12", "--level", "accepted", "--out", bench.path("out.jar")),
        "NPA-S001");
    assertThat(dir.resolve("out.jar")).doesNotExist();
  }

  @Test
  void certifiesNoVendorWhomThePlatformDoesNotKnow() {
    VendorBench.ok(bench.makeKeys("other.p12", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "q.npa.jar", "other.p12"));
    assertRefused(countersign("q.npa.jar", "lab.p12", "--level", "accepted"), "NPA-S011");

    VendorBench.ok(bench.trust("add", bench.path("other.root.pem")));
    assertRefused(countersign("q.npa.jar", "lab.p12", "--level", "accepted"), "NPA-T010");
  }

  @Test
  void certifiesWithNoKeyThatIsForSomethingElse() {
    assertRefused(countersign("p.npa.jar", "vendor.p12", "--level", "accepted"), "NPA-S020");
    assertThat(dir.resolve("p.accepted.npa.jar")).doesNotExist();
  }

  @Test
  void certifiesNothingTwice() {
    VendorBench.ok(countersign("p.npa.jar", "lab.p12", "--level", "accepted"));

    assertRefused(countersign("p.accepted.npa.jar", "lab.p12", "--level", "certified"), "NPA-S022");
  }

  @Test
  void certifiesNothingThatTheHostDenies() {
    VendorBench.ok(
        bench.trust("deny", bench.path("p.npa.jar"), "--payload", "--reason", "recalled"));

    assertRefused(countersign("p.npa.jar", "lab.p12", "--level", "accepted"), "NPA-T007");
  }

  @Test
  void namesWhatIsWrongWithItsOptions() throws IOException {
    countersign("p.npa.jar", "lab.p12", "--level", "gold").assertUsage("countersign", "gold");
    countersign("p.npa.jar", "lab.p12").assertUsage("countersign", "--level");
    countersign("p.unsigned.jar", "lab.p12", "--level", "accepted")
        .assertUsage("countersign", "p.unsigned.jar");
    countersign("missing.npa.jar", "lab.p12", "--level", "accepted")
        .assertFailure("missing.npa.jar: no such file");
    Files.writeString(dir.resolve("p.accepted.npa.jar"), "mine");
    countersign("p.npa.jar", "lab.p12", "--level", "accepted")
        .assertFailure("--overwrite replaces it");
    assertThat(dir.resolve("p.accepted.npa.jar")).hasContent("mine");
  }

  private VerbRun countersign(String name, String keys, String... more) {
    List<String> options = new ArrayList<>(List.of(bench.path(name), "--key", bench.path(keys)));
    options.addAll(List.of("--trust", bench.path("store")));
    options.addAll(List.of("--password-file", bench.path("password")));
    options.addAll(List.of(more));
    return VerbRun.of(new CountersignVerb(), options.toArray(String[]::new));
  }

  private static void assertRefused(VerbRun run, String rule) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[" + rule + "]");
    assertThat(run.err()).contains("nothing was written");
  }

  private static String line(VerbRun run, String start) {
    return run.out().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }
}
