// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ProductModule;
import dev.npa.cli.packages.VendorBench;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.CertificateIssuer;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.trust.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys in a PKCS#11 token. The token is SoftHSM's, the judges are OpenSC and OpenSSL.
final class TokenTest {
  private static final String PIN = "87654321";

  @TempDir private static Path dir;
  private static String module;
  private static VendorBench bench;

  /// What a program said, and its exit code.
  private record Said(int exitCode, String text) {
    Said ok() {
      assertThat(exitCode).as(text).isZero();
      return this;
    }
  }

  @BeforeAll
  static void makesAToken() throws Exception {
    module = module();
    Path tokens = Files.createDirectory(dir.resolve("tokens"));
    Files.writeString(dir.resolve("softhsm.conf"), "directories.tokendir = " + tokens + "\n");
    run("softhsm2-util", "--init-token", "--free", "--label", "hsm", "--so-pin", PIN, "--pin", PIN)
        .ok();
    String slot =
        run("softhsm2-util", "--show-slots")
            .text()
            .lines()
            .filter(line -> line.startsWith("Slot "))
            .findFirst()
            .orElseThrow()
            .substring("Slot ".length());
    Files.writeString(
        dir.resolve("hsm.cfg"), "name = hsm\nlibrary = " + module + "\nslot = " + slot + "\n");
    bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));
  }

  @Test
  void signsWithAKeyThatNeverLeavesTheToken() throws Exception {
    npa(make("release")).ok();
    Files.writeString(dir.resolve("csr.pem"), npa("keys", "csr", "--key", token("release")).text());
    Instant now = Instant.now();
    CertificateIssuer authority =
        CertificateIssuer.root(
            "authority", SignatureAlgorithm.EC_P384, now.minusSeconds(60), now.plusSeconds(9_999));
    Files.write(dir.resolve("chain.pem"), Pem.encode(issued(authority, now)));
    npa("keys", "import", bench.path("chain.pem"), "--key", token("release")).ok();
    Files.write(dir.resolve("root.pem"), Pem.encode(List.of(authority.certificate())));

    Said signed = npa("sign", bench.path("p.unsigned.jar"), "--key", token("release")).ok();

    assertThat(signed.text()).contains("p.npa.jar: signed by EC-P384");
    VendorBench.ok(bench.trust("add", bench.path("root.pem")));
    VendorBench.ok(bench.verify("p.npa.jar"));
    assertThat(pkcs11Tool("-O", "--type", "privkey").text())
        .contains("Private Key Object; EC", "never extractable");
  }

  @Test
  void takesNoAliasTwice() throws Exception {
    npa(make("once")).ok();

    Said again = npa(make("once"));

    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.text()).contains("once is there already");
  }

  @Test
  void tellsAWrongPin() throws Exception {
    // The one password of the bench is not the token's.
    Said said = npa("keys", "list", "--key", token(""), "--password-file", bench.path("password"));

    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.text()).contains("hsm.cfg: cannot log in", "CKR_PIN_INCORRECT");
  }

  @Test
  void makesNoPostQuantumKeyAndNoAuthorityInAToken() throws Exception {
    assertThat(npa(make("pq", "--algorithms", "ML-DSA-65")).text()).contains("no ML-DSA");
    assertThat(npa(make("dev", "--dev")).exitCode()).isEqualTo(2);
    assertThat(npa("keys", "list", "--key", token("")).text()).doesNotContain("pq ", "dev ");
  }

  @Test
  void findsTheModuleInOrder() throws Exception {
    assertThat(npa("doctor", "--pkcs11", bench.path("hsm.cfg")).text())
        .containsPattern("ok +PKCS#11 +SunPKCS11-hsm");
  }

  /// A certificate for the key of the request, which OpenSSL says is signed by that key.
  private static List<X509Certificate> issued(CertificateIssuer authority, Instant now)
      throws Exception {
    String csr = bench.path("csr.pem");
    assertThat(run("openssl", "req", "-in", csr, "-verify", "-noout").ok().text())
        .contains("verify OK");
    String pem = run("openssl", "req", "-in", csr, "-pubkey", "-noout").ok().text();
    byte[] spki = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]*-----", ""));
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    Holder holder = Holder.vendor("acme", List.of(0x8086), List.of("org.kawela"));
    return authority.issue(
        "acme", key, CertificateUse.origin(holder), now.minusSeconds(60), now.plusSeconds(9_999));
  }

  private static String module() throws IOException {
    for (String library :
        List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so")) {
      if (Files.exists(Path.of(library))) {
        return library;
      }
    }
    throw new IOException("SoftHSM is not installed; .ci/run installs what the tests need");
  }

  private static String[] make(String alias, String... more) {
    List<String> command = new ArrayList<>(List.of("keys", "new", token(alias)));
    command.addAll(List.of("--vendor", "acme", "--pci", "8086", "--packages", "org.kawela"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private static String token(String alias) {
    return "pkcs11:" + bench.path("hsm.cfg") + (alias.isEmpty() ? "" : "#" + alias);
  }

  private static Said pkcs11Tool(String... arguments) throws IOException, InterruptedException {
    return run(
        Stream.concat(
                Stream.of("pkcs11-tool", "--module", module, "--login", "--pin", PIN),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  /// In a process of its own: SoftHSM finds its tokens by the environment.
  private static Said npa(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--illegal-native-access=deny", "--class-path"));
    String classes = System.getProperty("java.class.path");
    command.add(System.getProperty("jdk.module.path", classes));
    command.add("dev.npa.cli.Npa");
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static Said run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().put("SOFTHSM2_CONF", dir.resolve("softhsm.conf").toString());
    builder.environment().put("XDG_CONFIG_HOME", dir.toString());
    builder.environment().put("NPA_PASSWORD", PIN);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }
}
