// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.npa.verifier.packaging.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Judges from outside: the JDK's tools, Info-ZIP and OpenSSL read what the gate reads.
class ToolsAcceptTest {

  private static final byte[] SIGNED = Samples.signed();

  @TempDir private Path directory;
  private Path jar;

  @BeforeEach
  void writePackage() throws IOException {
    jar = Files.write(directory.resolve("plugin.jar"), SIGNED);
  }

  @Test
  void infoZipFindsNoError() throws Exception {
    assertThat(run("unzip", "-tqq", jar.toString())).isEmpty();
  }

  @Test
  void jarToolFindsNoInconsistency() throws Exception {
    assertThat(run(jdk("jar"), "--validate", "--file", jar.toString())).isEmpty();
  }

  @Test
  void jarsignerVerifies() throws Exception {
    assertThat(run(jdk("jarsigner"), "-verify", jar.toString())).contains("jar verified.");
  }

  @Test
  void jarsignerOfJava17Verifies() throws Exception {
    Path java17 = Path.of("/usr/lib/jvm/java-17-openjdk-amd64/bin/jarsigner");
    assumeThat(java17).exists();

    assertThat(run(java17.toString(), "-verify", jar.toString())).contains("jar verified.");
  }

  @Test
  void jarsignerFindsEveryEntryButSignatureFilesSigned() throws Exception {
    String listing = run(jdk("jarsigner"), "-verify", "-verbose", jar.toString());

    assertThat(listing.lines().filter(line -> line.endsWith(".class") || line.endsWith(".txt")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("sm"));
  }

  @Test
  void jarsignerRefusesAlteredClass() throws Exception {
    byte[] altered = SIGNED.clone();
    altered[
            new String(SIGNED, StandardCharsets.ISO_8859_1).indexOf("\u00ca\u00fe\u00ba\u00be")
                + 7] ^=
        1;
    Files.write(jar, altered);

    assertThat(runAny(jdk("jarsigner"), "-verify", jar.toString()))
        .contains("digest error for example/nic/Plugin.class");
  }

  @Test
  void openSslVerifiesTimestampOfSignature() throws Exception {
    var authority = Samples.PKI.timestampAuthority(InstantSource.fixed(Samples.NOW));
    byte[] signature = {1, 2, 3, 4};
    Path token = Files.write(directory.resolve("token.der"), authority.token(signature));
    Path data = Files.write(directory.resolve("signature"), signature);

    assertThat(
            runAny(
                "openssl",
                "ts",
                "-verify",
                "-token_in",
                "-in",
                token.toString(),
                "-data",
                data.toString(),
                "-CAfile",
                root().toString(),
                "-attime",
                Long.toString(Samples.NOW.getEpochSecond())))
        .contains("Verification: OK");
  }

  @Test
  void jarFileSeesSameEntries() throws Exception {
    List<String> expected = AcceptedPackageTest.accepted(SIGNED).archive().entryNames();

    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.stream().map(entry -> entry.getName())).containsExactlyElementsOf(expected);
      assertThat(file.getManifest().getMainAttributes().getValue("NPA-Plugin-Id"))
          .isEqualTo("example.nic");
      assertThat(file.getManifest().getAttributes("example/nic/Plugin.class")).isNotNull();
    }
  }

  @Test
  void openSslVerifiesBlockOverSignedRange() throws Exception {
    assertThat(openSsl(SIGNED)).contains("successful");
  }

  @Test
  void openSslRefusesBlockOverOtherRange() throws Exception {
    byte[] altered = SIGNED.clone();
    altered[100] ^= 1;

    assertThat(openSsl(altered)).contains("failure");
  }

  private String openSsl(byte[] signed) throws Exception {
    Path content = Files.write(directory.resolve("range"), Samples.signedRange(signed));
    Path block = Files.write(directory.resolve("block.der"), Samples.block(signed));
    Path root = root();
    return runAny(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        block.toString(),
        "-content",
        content.toString(),
        "-CAfile",
        root.toString(),
        "-purpose",
        "any",
        "-attime",
        Long.toString(Samples.NOW.getEpochSecond()),
        "-out",
        directory.resolve("out").toString());
  }

  private Path root() throws Exception {
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(Samples.PKI.root().getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return Files.writeString(directory.resolve("root.pem"), pem);
  }

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static String run(String... command) throws Exception {
    Process process = start(command);
    String output = output(process);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    return output;
  }

  private static String runAny(String... command) throws Exception {
    Process process = start(command);
    String output = output(process);
    process.waitFor();
    return output;
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return String.join("\n", lines.toList());
    }
  }
}
