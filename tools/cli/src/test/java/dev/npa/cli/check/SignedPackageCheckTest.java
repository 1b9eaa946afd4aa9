// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.VerbRun;
import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `npa check` on packages, signed and unsigned: what it says about the classes is what it says
/// about the directory that they came from.
final class SignedPackageCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path dir;

  @Test
  void acceptsASignedPackageAndSaysThatItsSignatureDoesNotCount() throws Exception {
    VerbRun run = check(signed(VendorProject.honest(dir)));

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.OK);
    assertThat(run.out().lines().toList().getLast())
        .startsWith("accepted: ")
        .contains("(package, signature not checked)", "2 classes");
  }

  @Test
  void findsInASignedPackageWhatItFindsInItsClasses() throws Exception {
    VendorProject project = VendorProject.hostile(dir);

    assertThat(refusals(check(signed(project), "--output", "json")))
        .isEqualTo(refusals(check(project.classes(), "--output", "json")))
        .hasSize(1);
  }

  @Test
  void findsInAnUnsignedPackageWhatItFindsInItsClasses() throws Exception {
    VendorProject project = VendorProject.hostile(dir);
    Path unsigned = Files.write(dir.resolve("unsigned.jar"), unsigned(project));

    assertThat(refusals(check(unsigned, "--output", "json")))
        .isEqualTo(refusals(check(project.classes(), "--output", "json")));
  }

  @Test
  void takesTheEntryClassFromTheManifest() throws Exception {
    Map<?, ?> result = check(signed(VendorProject.honest(dir)), "--output", "json").json();

    assertThat(result.get("entryClass")).isEqualTo("com.acme.XgPlugin");
  }

  /// That is for `npa verify`, which needs keys; here they would only be in the way.
  @Test
  void looksAtNoSignature() throws Exception {
    Path file = signed(VendorProject.honest(dir));
    byte[] altered = Files.readAllBytes(file);
    altered[altered.length - PackageFormat.TRAILER_BYTES - 1] ^= 1;

    assertThat(check(Files.write(file, altered)).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesAPackageWhoseClassWasAlteredSinceItWasSigned() throws Exception {
    VendorProject project = VendorProject.honest(dir);
    Path file = signed(project);
    byte[] altered = Files.readAllBytes(file);
    byte[] type = Files.readAllBytes(project.classes().resolve("com/acme/Ring.class"));
    altered[indexOf(altered, type) + type.length - 1] ^= 1;

    VerbRun run = check(Files.write(file, altered));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("NPA-P010").contains("com/acme/Ring.class");
  }

  @Test
  void refusesAPackageWhoseSignatureBlockDoesNotFit() throws Exception {
    Path file = signed(VendorProject.honest(dir));
    byte[] altered = Files.readAllBytes(file);
    altered[altered.length - PackageFormat.TRAILER_BYTES] ^= 1;

    VerbRun run = check(Files.write(file, altered));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("NPA-S002");
  }

  private static int indexOf(byte[] in, byte[] part) {
    int at = 0;
    while (!Arrays.equals(in, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  /// Rule, place and message of each.
  private static List<String> refusals(VerbRun run) throws IOException {
    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    return ((List<?>) run.json().get("refusals"))
        .stream()
            .map(refusal -> (Map<?, ?>) refusal)
            .map(r -> r.get("rule") + " " + r.get("location") + " " + r.get("detail"))
            .toList();
  }

  private Path signed(VendorProject project) throws IOException, GeneralSecurityException {
    byte[] bytes =
        PackageSigner.sign(unsigned(project), ThrowawayPki.create("Acme", NOW).vendorKey(), NOW);
    return Files.write(dir.resolve("plugin.npa.jar"), bytes);
  }

  private static byte[] unsigned(VendorProject project) throws IOException {
    PluginManifest manifest =
        new PluginManifest(
            "com.acme.xg",
            "1.0.0",
            1,
            "com.acme.XgPlugin",
            List.of(new DeviceId(0x8086, 0x10ca)),
            Optional.of("GPL-2.0-or-later"),
            Optional.of("https://acme.example/xg.zip"),
            Optional.of("sha384:" + "0".repeat(96)),
            Optional.of("2030-01-01"));
    return new PackageBuilder(manifest)
        .addClasses(project.classes())
        .addLicenceText("GPL-2.0-or-later")
        .build();
  }

  private static VerbRun check(Path path, String... options) {
    String[] all = new String[options.length + 1];
    all[0] = path.toString();
    System.arraycopy(options, 0, all, 1, options.length);
    return VerbRun.of(new CheckVerb(), all);
  }
}
