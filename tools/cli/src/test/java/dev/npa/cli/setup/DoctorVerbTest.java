// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.VerbRun;
import dev.npa.cli.packages.VendorBench;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.CertificateIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorVerbTest {
  @TempDir private static Path shared;
  private static VendorBench made;

  @TempDir private Path dir;
  private VendorBench bench;
  private List<String> sandboxFaults = List.of();

  @BeforeAll
  static void makesKeys() {
    made = new VendorBench(shared, shared);
    VendorBench.ok(made.makeKeys("keys.p12", List.of()));
  }

  @BeforeEach
  void setsUp() throws IOException {
    bench = VendorBench.like(made, dir);
  }

  @Test
  void findsNothingWrongWhereSomebodyIsTrusted() {
    VendorBench.ok(bench.trust("add", bench.path("keys.root.pem")));

    VerbRun run = doctor();

    VendorBench.ok(run);
    assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("ok  "));
    assertThat(run.out()).contains("java", "sandbox", "ML-DSA-65", "clock", "trust store", "root");
  }

  @Test
  void saysWhatToDoWhereNobodyIsTrusted() {
    VerbRun run = doctor();

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).containsPattern("WRONG +trust store +.*run: npa trust add");
  }

  @Test
  void findsARootThatIsAboutToExpire() throws Exception {
    Instant now = Instant.now();
    CertificateIssuer brief =
        CertificateIssuer.root(
            "brief",
            SignatureAlgorithm.EC_P384,
            now.minusSeconds(60),
            now.plus(Duration.ofDays(9)));
    Files.write(dir.resolve("brief.der"), brief.certificate().getEncoded());
    VendorBench.ok(bench.trust("add", bench.path("brief.der")));

    VerbRun run = doctor();

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).containsPattern("WRONG +root +CN=brief expires .*; enrol the new one");
  }

  @Test
  void listsUntilWhenKeysAreGood() {
    VendorBench.ok(bench.trust("add", bench.path("keys.root.pem")));

    VerbRun run =
        doctor("--key", bench.path("keys.p12"), "--password-file", bench.path("password"));

    VendorBench.ok(run);
    assertThat(run.out()).containsPattern("ok +key +ec-p384 expires 20");
  }

  @Test
  void stopsAtAWrongPassword() throws IOException {
    Files.writeString(dir.resolve("password"), "another one");

    VerbRun run =
        doctor("--key", bench.path("keys.p12"), "--password-file", bench.path("password"));

    run.assertFailure("the password is wrong");
  }

  @Test
  void namesEachFlagThatTheSandboxMisses() {
    sandboxFaults = List.of("classes are not verified", "another process can attach to it");

    VerbRun run = doctor();

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .containsPattern("WRONG +sandbox +classes are not verified")
        .containsPattern("WRONG +sandbox +another process can attach to it");
  }

  @Test
  void saysWhyAPkcs11ModuleCannotBeLoaded() throws IOException {
    Path configuration =
        Files.writeString(dir.resolve("hsm.cfg"), "name = hsm\nlibrary = /nonexistent.so\n");

    assertThat(doctor("--pkcs11", configuration.toString()).out())
        .containsPattern("WRONG +PKCS#11 +.*hsm.cfg");
    assertThat(doctor("--pkcs11", bench.path("missing.cfg")).out())
        .containsPattern("WRONG +PKCS#11 +.*missing.cfg: cannot be read");
  }

  @Test
  void findsAStoreThatOthersCanChange() throws IOException {
    VendorBench.ok(bench.trust("add", bench.path("keys.root.pem")));
    Files.writeString(dir.resolve("store/policy"), "minimum-level = gold\n");

    assertThat(doctor().out()).containsPattern("WRONG +trust store +.*no such level: gold");
  }

  @Test
  void knowsTwoParties() {
    doctor("--as", "nobody").assertUsage("doctor", "nobody");
  }

  private VerbRun doctor(String... more) {
    List<String> options = new ArrayList<>(List.of("--trust", bench.path("store")));
    options.addAll(List.of(more));
    return VerbRun.of(new DoctorVerb(() -> sandboxFaults), options.toArray(String[]::new));
  }
}
