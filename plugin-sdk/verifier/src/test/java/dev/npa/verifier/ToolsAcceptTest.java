// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  void jarsignerReadsItAsUnsignedJar() throws Exception {
    assertThat(run(jdk("jarsigner"), "-verify", jar.toString())).contains("jar is unsigned");
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
    int signedLength = Samples.unsigned().length - 2;
    byte[] cms =
        Arrays.copyOfRange(signed, signedLength + 2, signed.length - PackageFormat.TRAILER_BYTES);
    Path content = Files.write(directory.resolve("range"), Arrays.copyOf(signed, signedLength));
    Path block = Files.write(directory.resolve("block.der"), cms);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(Samples.PKI.root().getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    Path root = Files.writeString(directory.resolve("root.pem"), pem);
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
