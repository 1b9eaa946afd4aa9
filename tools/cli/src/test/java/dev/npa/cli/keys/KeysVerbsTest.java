// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import dev.npa.cli.packages.VendorBench;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.CertificateIssuer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysVerbsTest {
  @TempDir private Path dir;
  private VendorBench bench;

  @BeforeEach
  void setsUp() {
    bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
  }

  @Test
  void makesAStoreOfItsOwnerAloneAndARootToHandOn() throws IOException {
    VendorBench.ok(bench.makeKeys("keys.p12", VendorBench.BOTH));

    assertThat(mode("keys.p12")).isEqualTo("rw-------");
    assertThat(Files.readString(dir.resolve("keys.root.pem")))
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .doesNotContain("PRIVATE");
  }

  @Test
  void listsEachKeyWithItsExpiry() throws IOException {
    VendorBench.ok(bench.makeKeys("keys.p12", VendorBench.BOTH));

    VerbRun text = keys("list", "--key", bench.path("keys.p12"));
    VerbRun json = keys("list", "--key", bench.path("keys.p12"), "--output", "json");

    assertThat(text.out())
        .contains("ec-p384 ", "ml-dsa-65 ", "ec-p384-authority", "expires ", "community");
    assertThat((List<?>) json.json().get("keys")).hasSize(4);
  }

  @Test
  void asksAnAuthorityAndPutsInItsAnswerOnlyForAKeyOfTheStore() throws IOException {
    VendorBench.ok(makePlain());
    VendorBench.ok(bench.makeKeys("other.p12", List.of()));

    VerbRun request = keys("csr", "--key", bench.path("plain.p12"));
    VerbRun foreign =
        keys("import", bench.path("other.root.pem"), "--key", bench.path("plain.p12"));

    assertThat(request.out()).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
    assertThat(request.out()).doesNotContain("PRIVATE");
    foreign.assertFailure("none of its certificates is for a key of");
  }

  @Test
  void asksForWhatTheKeyIsToSignSoThatAnAuthorityNeedNotKnowTheFormat() throws Exception {
    VendorBench.ok(makePlain());
    Files.writeString(dir.resolve("acme.csr"), keys("csr", "--key", bench.path("plain.p12")).out());
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha384 -nodes -days 30 -subj /CN=ca"
            + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign"
            + " -keyout ca.key -out ca.pem");
    openssl(
        "x509 -req -sha384 -days 30 -copy_extensions copyall -in acme.csr -CA ca.pem -CAkey ca.key"
            + " -out acme.pem");

    VerbRun imported = keys("import", bench.path("acme.pem"), "--key", bench.path("plain.p12"));

    VendorBench.ok(imported);
    assertThat(imported.out()).contains("signs plugins for devices of 8086 in org.kawela");
    assertThat(keys("list", "--key", bench.path("plain.p12")).out())
        .contains("signing", "signs plugins for devices of 8086 in org.kawela");
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));
    VendorBench.ok(bench.sign("p.unsigned.jar", "p.npa.jar", "plain.p12"));
    VendorBench.ok(bench.trust("add", "--platform", bench.path("ca.pem")));
    VendorBench.ok(bench.verify("p.npa.jar"));
    assertThat(bench.verify("p.npa.jar").out()).contains("partner");
  }

  @Test
  void signsWithNoKeyThatNobodyHasCertified() throws IOException {
    VendorBench.ok(makePlain());
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));

    bench
        .sign("p.unsigned.jar", "p.npa.jar", "plain.p12")
        .assertFailure("no authority has certified ec-p384 yet; npa keys csr asks one");
    assertThat(dir.resolve("p.npa.jar")).doesNotExist();
  }

  @Test
  void takesNoCertificateThatIsForSomethingElse() throws Exception {
    VendorBench.ok(makePlain());
    Files.writeString(dir.resolve("acme.csr"), keys("csr", "--key", bench.path("plain.p12")).out());
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha384 -nodes -days 30 -subj /CN=ca"
            + " -keyout ca.key -out ca.pem");
    openssl("x509 -req -sha384 -days 30 -in acme.csr -CA ca.pem -CAkey ca.key -out acme.pem");

    keys("import", bench.path("acme.pem"), "--key", bench.path("plain.p12"))
        .assertFailure("CN=acme is for nothing that npa signs");
    assertThat(keys("list", "--key", bench.path("plain.p12")).out()).contains("uncertified");
  }

  @Test
  void makesNoKeyOfAVendorWithoutLimits() {
    keys("new", bench.path("plain.p12"), "--vendor", "acme")
        .assertUsage("keys new", "give --pci and --packages: what the keys may sign");
  }

  private VerbRun makePlain() {
    return keys(
        "new",
        bench.path("plain.p12"),
        "--vendor",
        "acme",
        "--pci",
        "8086",
        "--packages",
        "org.kawela");
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void rotatesBelowTheSameRoot() {
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));

    VerbRun run =
        keys(
            "rotate",
            "--key",
            bench.path("keys.p12"),
            "--vendor",
            "acme",
            "--pci",
            "8086",
            "--packages",
            "org.kawela",
            "--out",
            bench.path("new.p12"));

    VendorBench.ok(run);
    String before = keys("list", "--key", bench.path("keys.p12") + "#ec-p384-authority").out();
    String after = keys("list", "--key", bench.path("new.p12") + "#ec-p384-authority").out();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void tellsAWrongPasswordFromAWrongFile() throws IOException {
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    Files.writeString(dir.resolve("password"), "another one");
    keys("list", "--key", bench.path("keys.p12")).assertFailure("the password is wrong");

    Files.writeString(dir.resolve("noise.p12"), "noise");
    Files.setPosixFilePermissions(
        dir.resolve("noise.p12"), PosixFilePermissions.fromString("rw-------"));
    keys("list", "--key", bench.path("noise.p12")).assertFailure("not a PKCS#12 key store");
  }

  @Test
  void doesNotSpendHoursOnAPassword() throws IOException {
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    byte[] bytes = Files.readAllBytes(dir.resolve("keys.p12"));
    byte[] count = HexFormat.of().parseHex("0203030d40"); // INTEGER 200 000
    int raised = 0;
    for (int at = 0; at <= bytes.length - count.length; at++) {
      if (Arrays.equals(bytes, at, at + count.length, count, 0, count.length)) {
        bytes[at + 2] = 0x7f; // more than eight million
        raised++;
      }
    }
    Files.write(dir.resolve("keys.p12"), bytes);

    assertThat(raised).isEqualTo(3); // two keys and the whole
    keys("list", "--key", bench.path("keys.p12"))
        .assertFailure("hashed 24989392 times, more than 10000000");
    bytes[40] ^= 0x20;
    Files.write(dir.resolve("keys.p12"), Arrays.copyOf(bytes, 60));
    keys("list", "--key", bench.path("keys.p12")).assertFailure("not a PKCS#12 key store");
  }

  @Test
  void listsNoKeyThatSignsNothing() throws Exception {
    KeyStore odd = KeyStore.getInstance("PKCS12");
    char[] password = "correct horse".toCharArray();
    odd.load(null, password);
    odd.setKeyEntry("cipher", new SecretKeySpec(new byte[32], "AES"), password, null);
    Path file = dir.resolve("odd.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      odd.store(out, password);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    VerbRun run = keys("list", "--key", file.toString());

    VendorBench.ok(run);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no private key with a certificate");
  }

  @Test
  void printsNothingOfAKeyThatATerminalWouldObey() throws Exception {
    Instant now = Instant.now();
    CertificateIssuer evil =
        CertificateIssuer.root(
            "\u001b[31mevil", SignatureAlgorithm.EC_P384, now, now.plusSeconds(9));
    Files.write(dir.resolve("evil.der"), evil.certificate().getEncoded());

    VerbRun run = bench.trust("add", bench.path("evil.der"));

    VendorBench.ok(run);
    assertThat(run.out()).contains("\\u001b[31mevil").doesNotContain("\u001b");
    assertThat(bench.trust("show").out()).doesNotContain("\u001b");
  }

  @Test
  void usesNoStoreAndNoPasswordThatOthersCanRead() throws IOException {
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    Files.setPosixFilePermissions(
        dir.resolve("keys.p12"), PosixFilePermissions.fromString("rw-r-----"));
    keys("list", "--key", bench.path("keys.p12")).assertFailure("chmod 600");

    Files.setPosixFilePermissions(
        dir.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));
    keys("list", "--key", bench.path("keys.p12")).assertFailure("a password that others can use");
  }

  @Test
  void wantsAPasswordOfEightCharacters() throws IOException {
    Files.writeString(dir.resolve("password"), "short\n");

    VerbRun run = bench.makeKeys("keys.p12", List.of());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("5 characters").doesNotContain("short");
    assertThat(dir.resolve("keys.p12")).doesNotExist();
  }

  @Test
  void keepsAStoreThatIsThere() throws IOException {
    Files.writeString(dir.resolve("keys.p12"), "mine");

    bench.makeKeys("keys.p12", List.of()).assertFailure("--overwrite replaces it");
    assertThat(dir.resolve("keys.p12")).hasContent("mine");
  }

  @Test
  void hasNoOptionForAPasswordItself() {
    VerbRun run = VerbRun.of(KeysVerbs.all(), "list", "--key", "k", "--password", "secret");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void saysWhatIsWrongWithAPkcs11Configuration() throws IOException {
    Path configuration =
        Files.writeString(dir.resolve("hsm.cfg"), "name = hsm\nlibrary = /nonexistent.so\n");

    keys("list", "--key", "pkcs11:" + configuration).assertFailure("hsm.cfg");
  }

  private VerbRun keys(String... arguments) {
    return bench.keys(arguments);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name)));
  }
}
