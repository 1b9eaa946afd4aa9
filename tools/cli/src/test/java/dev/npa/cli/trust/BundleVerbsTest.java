// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import dev.npa.cli.packages.VendorBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleVerbsTest {
  private static final String ID = "ab".repeat(48);

  private final Instant end =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(9));

  @TempDir private static Path shared;
  private static VendorBench made;

  @TempDir private Path dir;
  private VendorBench bench;

  /// A platform with a key for bundles and a vendor.
  @BeforeAll
  static void makesKeys() {
    made = new VendorBench(shared, new ProductModule("sample-plugins/kawela").classes());
    VendorBench.ok(
        made.keys(
            "new", made.path("lab.p12"), "--dev", "--vendor", "lab", "--use", "certification"));
    VendorBench.ok(
        made.keys(
            "new", made.path("lost.p12"), "--dev", "--vendor", "lost", "--use", "certification"));
    VendorBench.ok(authorised("bundles.p12", "--use", "bundle"));
    VendorBench.ok(authorised("vendor.p12", "--pci", "8086", "--packages", "org.kawela"));
  }

  private static VerbRun authorised(String name, String... more) {
    List<String> options = new ArrayList<>(List.of("new", made.path(name), "--vendor", "acme"));
    options.addAll(List.of("--authority", made.path("lab.p12")));
    options.addAll(List.of(more));
    return made.keys(options.toArray(String[]::new));
  }

  /// A host that believes the platform.
  @BeforeEach
  void setsUp() throws IOException {
    bench = VendorBench.like(made, dir);
    VendorBench.ok(bench.trust("add", "--platform", bench.path("lab.root.pem")));
  }

  @Test
  void createsABundleThatHostsTakeAndObey() throws IOException {
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "p.npa.jar", "vendor.p12"));
    VendorBench.ok(bench.verify("p.npa.jar"));

    VendorBench.ok(create("serial 118", "minimum org.kawela.vf 2"));
    VendorBench.ok(bench.trust("update", bench.path("out.bundle")));
    VerbRun run = bench.verify("p.npa.jar");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[NPA-T003]", "org.kawela.vf");
  }

  @Test
  void listsEverythingThatABundleSays() throws IOException {
    VendorBench.ok(
        create(
            "# a comment",
            "serial 118",
            "",
            "timestamp-root lab.root.pem",
            "revoke lost.root.pem 2026-01-01T00:00:00Z",
            "deny " + ID + " advisory ACME-2026-07, see there",
            "minimum org.kawela.vf 2",
            "sunset EC-P384 2035-01-01T00:00:00Z"));

    VerbRun run = bundle("list");

    VendorBench.ok(run);
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("bundle #118, issued ").contains("expires " + end),
            line -> assertThat(line).startsWith("root      CN=NPA development root of lab"),
            line -> assertThat(line).startsWith("timestamp CN=NPA development root of lab"),
            line -> assertThat(line).matches("revoked   [0-9a-f]{96} since 2026-01-01T00:00:00Z"),
            line ->
                assertThat(line).isEqualTo("denied    " + ID + " advisory ACME-2026-07, see there"),
            line -> assertThat(line).isEqualTo("minimum   org.kawela.vf 2"),
            line -> assertThat(line).isEqualTo("sunset    EC-P384 2035-01-01T00:00:00Z"));
  }

  @Test
  void verifiesABundleAndChangesNothing() throws IOException {
    VendorBench.ok(create("serial 118"));

    VerbRun run = bundle("verify");

    VendorBench.ok(run);
    assertThat(run.out().lines()).singleElement().asString().startsWith("bundle #118");
    assertThat(bench.trust("show").out()).contains("bundle    none");
  }

  @Test
  void listsNoBundleOfWhichAByteIsBroken() throws IOException {
    VendorBench.ok(create("serial 118"));
    byte[] bytes = Files.readAllBytes(dir.resolve("out.bundle"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(dir.resolve("out.bundle"), bytes);

    for (String verb : List.of("verify", "list")) {
      VerbRun run = bundle(verb);
      assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.out()).startsWith("error[NPA-T002]").doesNotContain("bundle #118");
    }
  }

  @Test
  void takesNoBundleThatRevokesWhoSignedIt() throws IOException {
    VendorBench.ok(create("serial 118", "revoke lab.root.pem 2026-01-01T00:00:00Z"));

    VerbRun run = bench.trust("update", bench.path("out.bundle"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).startsWith("error[NPA-T002]").contains("NPA-T006", "revoked since");
    assertThat(bench.trust("show").out()).contains("bundle    none");
  }

  @Test
  void signsNoBundleWithAKeyThatIsForSomethingElseUnseen() throws IOException {
    VerbRun run = createBy("lab.p12", text("serial 118"));

    VendorBench.ok(run); // what a key may sign is for hosts to say
    assertThat(bundle("verify").out()).startsWith("error[NPA-T002]");
  }

  @Test
  void cannotCheckABundleWithoutAPlatform() throws IOException {
    VendorBench.ok(create("serial 118"));
    Files.delete(dir.resolve("store/platform.pem"));

    bundle("verify").assertFailure("no platform whose bundle to take");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serial",
        "serial one",
        "serial 1 2",
        "serial 2",
        "serial 0",
        "serial 1000000000000000000",
        "minimum acme.plugin -4",
        "expires tomorrow",
        "expires 2035-01-01T00:00:00.5Z",
        "root missing.pem",
        "root password",
        "revoke lab.root.pem",
        "revoke lab.root.pem yesterday",
        "deny abc reason",
        "deny alone",
        "minimum org.kawela.vf",
        "minimum org.kawela.vf -",
        "minimum other 3",
        "sunset RSA 2035-01-01T00:00:00Z",
        "sunset EC-P384 never",
        "format 1 1",
        "trust everybody"
      })
  void namesTheLineThatIsWrong(String line) throws IOException {
    VerbRun run = create("serial 1", "minimum other 2", line);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(run.err()).startsWith("npa: ").contains(line.substring(line.lastIndexOf(' ') + 1));
    assertThat(dir.resolve("out.bundle")).doesNotExist();
  }

  @Test
  void setsNoMinimumOfWhatIsNoPlugin() throws IOException {
    create("serial 1", "minimum ACME/../x 4")
        .assertFailure("bundle.txt:4: minimum ACME/../x 4: minimum of ACME/../x: not a plugin id");
  }

  @Test
  void signsNoBundleWithoutSerialNumberRootOrFuture() throws IOException {
    createBy("bundles.p12", "expires " + end + "\nroot lab.root.pem\n").assertFailure("serial 0");
    createBy("bundles.p12", "serial 1\nexpires " + end + "\n").assertFailure("no root");
    createBy("bundles.p12", "serial 1\nexpires 2001-01-01T00:00:00Z\nroot lab.root.pem\n")
        .assertFailure("2001-01-01");
  }

  @Test
  void writesOverNoBundleUnlessToldTo() throws IOException {
    Files.writeString(dir.resolve("out.bundle"), "mine");

    create("serial 118").assertFailure("--overwrite replaces it");
    assertThat(dir.resolve("out.bundle")).hasContent("mine");
  }

  private String text(String... lines) {
    return "expires " + end + "\nroot lab.root.pem\n" + String.join("\n", lines) + "\n";
  }

  private VerbRun create(String... lines) throws IOException {
    return createBy("bundles.p12", text(lines));
  }

  private VerbRun createBy(String keys, String text) throws IOException {
    Files.writeString(dir.resolve("bundle.txt"), text);
    return VerbRun.of(
        BundleVerbs.all(),
        "create",
        bench.path("bundle.txt"),
        "--key",
        bench.path(keys),
        "--password-file",
        bench.path("password"),
        "--out",
        bench.path("out.bundle"));
  }

  private VerbRun bundle(String verb) {
    return VerbRun.of(
        BundleVerbs.all(), verb, bench.path("out.bundle"), "--trust", bench.path("store"));
  }
}
