// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import dev.npa.cli.packages.VendorBench;
import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.packaging.ThrowawayPki;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustVerbsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path dir;
  private VendorBench bench;

  @BeforeEach
  void setsUp() {
    bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
  }

  @Test
  void takesNoBundleWithALowerSerialNumber() throws Exception {
    ThrowawayPki pki = platform();
    VendorBench.ok(bench.trust("update", bundle(pki, 7)));

    VerbRun older = bench.trust("update", bundle(pki, 6));

    assertThat(older.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(older.out()).contains("error[NPA-T004]");
    assertThat(bench.trust("show").out()).contains("bundle    #7");
  }

  @Test
  void refusesAnOlderBundleThatSomebodyPutsIntoTheStore() throws Exception {
    ThrowawayPki pki = platform();
    Path older = Path.of(bundle(pki, 6));
    VendorBench.ok(bench.trust("update", bundle(pki, 7)));
    Files.write(dir.resolve("store/bundle.der"), Files.readAllBytes(older));
    Files.writeString(dir.resolve("x.jar"), "x");

    bench.verify("x.jar").assertFailure("NPA-T004");
  }

  @Test
  void takesNoBundleOfAnotherPlatform() throws Exception {
    platform();

    VerbRun run = bench.trust("update", bundle(ThrowawayPki.create("other", now), 1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[NPA-T002]");
  }

  @Test
  void setsThePlatformOnce() throws Exception {
    platform();

    bench.trust("add", "--platform", bench.path("platform.pem")).assertFailure("is there already");
  }

  @Test
  void deniesAPayloadHoweverItIsSigned() {
    bench.makeAll(List.of());
    VendorBench.ok(
        bench.trust("deny", bench.path("p.unsigned.jar"), "--payload", "--reason", "ACME-2026-07"));

    VerbRun run = bench.verify("p.npa.jar");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[NPA-T007]", "ACME-2026-07");
  }

  @Test
  void takesBackADenialAndARoot() {
    bench.makeAll(List.of());
    String id = "ab".repeat(48);
    VendorBench.ok(bench.trust("deny", id, "--reason", "a mistake"));
    VendorBench.ok(bench.trust("remove", id));
    String root = bench.trust("show").out().replaceAll("(?s).*enrolled +([0-9a-f]{16}) .*", "$1");

    VendorBench.ok(bench.trust("remove", root));

    bench.verify("p.npa.jar").assertFailure("trusts nobody yet");
    bench.trust("remove", root).assertFailure("neither enrolled nor denied");
  }

  @Test
  void keepsTheMinimumLevelThatTheOwnerWrote() throws IOException {
    bench.makeAll(List.of());
    Files.writeString(dir.resolve("store/policy"), "minimum-level = partner\n");

    assertThat(bench.verify("p.npa.jar").out()).contains("error[NPA-T010]");
  }

  @Test
  void believesNoFileThatOthersCanChange() throws IOException {
    bench.makeAll(List.of());
    Files.writeString(dir.resolve("store/policy"), "minimum-level = community\n");
    Files.setPosixFilePermissions(
        dir.resolve("store/policy"), PosixFilePermissions.fromString("rw-rw-rw-"));

    bench.verify("p.npa.jar").assertFailure("that others can change");
  }

  @Test
  void aLinkThatLeadsNowhereIsNoAbsentFile() throws IOException {
    bench.makeAll(List.of());
    for (String name : List.of("denied", "policy", "bundle.der", "serial", "platform.pem")) {
      Path link = Files.createSymbolicLink(dir.resolve("store").resolve(name), Path.of("/nowhere"));
      bench.verify("p.npa.jar").assertFailure(link + ": a link that leads nowhere");
      Files.delete(link);
    }
    Files.createSymbolicLink(dir.resolve("store/timestamps"), Path.of("/nowhere"));
    bench.verify("p.npa.jar").assertFailure("timestamps: no such directory");
  }

  @Test
  void believesNoDirectoryThatOthersCanChange() throws IOException {
    bench.makeAll(List.of());
    for (String name : List.of("store", "store/enrolled")) {
      Path part = dir.resolve(name);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxrwxrwx"));
      bench.verify("p.npa.jar").assertFailure(part + ": a trust store that others can change");
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    VendorBench.ok(bench.verify("p.npa.jar"));
  }

  /// The old state or the new one, never the serial number of one and the bundle of the other.
  @Test
  void aReaderSeesAWholeStateWhileAnotherTakesBundles() throws Exception {
    ThrowawayPki pki = platform();
    List<String> bundles = new ArrayList<>();
    for (int serial = 1; serial <= 30; serial++) {
      bundles.add(bundle(pki, serial));
    }
    VendorBench.ok(bench.trust("update", bundles.getFirst()));
    List<VerbRun> updates = new ArrayList<>();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> bundles.forEach(each -> updates.add(bench.trust("update", each))));
    do {
      VendorBench.ok(bench.trust("show"));
    } while (writer.isAlive());
    writer.join();
    updates.forEach(VendorBench::ok);
    assertThat(updates).hasSize(30);
  }

  @Test
  void keepsTheStoreForItsOwner() throws IOException {
    bench.makeAll(List.of());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("store"))))
        .isEqualTo("rwx------");
  }

  @Test
  void enrolsNoCertificateThatIsNoAuthority() throws Exception {
    byte[] leaf = ThrowawayPki.create("v", now).vendorKey().chain().getFirst().getEncoded();
    Files.write(dir.resolve("leaf.der"), leaf);

    bench.trust("add", bench.path("leaf.der")).assertFailure("not a certification authority");
  }

  private ThrowawayPki platform() throws GeneralSecurityException, IOException {
    ThrowawayPki pki = ThrowawayPki.create("platform", now);
    Files.write(dir.resolve("platform.pem"), pki.root().getEncoded());
    VendorBench.ok(bench.trust("add", "--platform", bench.path("platform.pem")));
    return pki;
  }

  private String bundle(ThrowawayPki pki, long serial)
      throws GeneralSecurityException, IOException {
    BundleContents contents =
        new BundleDraft(now.minusSeconds(60))
            .serial(serial)
            .expires(now.plus(Duration.ofDays(20)))
            .roots(List.of(pki.root()))
            .contents();
    Path file = dir.resolve("bundle-" + serial);
    Files.write(file, BundleSigner.sign(contents, SigningRequest.of(now, pki.bundleKey())));
    return file.toString();
  }
}
