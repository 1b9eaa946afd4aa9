// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A timestamp authority by OpenSSL, which has nothing in common with this project.
final class OpenSslTsa {
  private static final String CONFIGURATION =
      """
      [tsa]
      default_tsa = one
      [one]
      serial = serial
      signer_cert = tsa.pem
      certs = root.pem
      signer_key = tsa.key
      signer_digest = sha384
      default_policy = 1.2.3.4.1
      digests = sha256, sha384, sha512
      ess_cert_id_alg = sha256
      [authority]
      basicConstraints = critical, CA:TRUE
      keyUsage = critical, keyCertSign
      [timestamps]
      keyUsage = critical, digitalSignature
      extendedKeyUsage = critical, timeStamping
      [mail]
      keyUsage = critical, digitalSignature
      extendedKeyUsage = critical, emailProtection
      [req]
      distinguished_name = name
      [name]
      """;

  private final Path dir;

  /// Makes keys and certificates in a directory.
  OpenSslTsa(Path dir) throws IOException, InterruptedException {
    this.dir = Files.createDirectories(dir);
    Files.writeString(dir.resolve("cnf"), CONFIGURATION);
    Files.writeString(dir.resolve("serial"), "01\n");
    certify("root", "authority", List.of());
    certify("tsa", "timestamps", List.of("-CA", "root.pem", "-CAkey", "root.key"));
    certify("mail", "mail", List.of("-CA", "root.pem", "-CAkey", "root.key"));
  }

  private void certify(String name, String extensions, List<String> issuer)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("req", "-x509", "-newkey", "ec", "-nodes", "-config", "cnf"));
    command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-384", "-sha384", "-days", "20"));
    command.addAll(List.of("-subj", "/CN=judge " + name, "-extensions", extensions));
    command.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
    command.addAll(issuer);
    run(command);
  }

  /// From now on its certificate alone goes with an answer, not its root.
  void sendNoRoot() throws IOException {
    Files.writeString(dir.resolve("cnf"), CONFIGURATION.replace("certs = root.pem\n", ""));
  }

  /// Its root, PEM.
  Path root() {
    return dir.resolve("root.pem");
  }

  /// The TimeStampResp to a TimeStampReq, both DER.
  byte[] reply(byte[] query) throws IOException, InterruptedException {
    Files.write(dir.resolve("query"), query);
    run(List.of("ts", "-reply", "-config", "cnf", "-queryfile", "query", "-out", "reply"));
    return Files.readAllBytes(dir.resolve("reply"));
  }

  /// As [#reply], by a certificate that is for mail: OpenSSL would refuse, so its statement is
  /// signed as any other content.
  byte[] replyByMailKey(byte[] query) throws IOException, InterruptedException {
    reply(query);
    run(List.of("ts", "-reply", "-config", "cnf", "-in", "reply", "-token_out", "-out", "token"));
    run(List.of("cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-out", "info"));
    List<String> sign = new ArrayList<>(List.of("cms", "-sign", "-binary", "-nodetach", "-cades"));
    sign.addAll(List.of("-econtent_type", "1.2.840.113549.1.9.16.1.4", "-md", "sha384"));
    sign.addAll(List.of("-in", "info", "-signer", "mail.pem", "-inkey", "mail.key"));
    sign.addAll(List.of("-outform", "DER", "-out", "forged"));
    run(sign);
    byte[] granted = {0x30, 0x03, 0x02, 0x01, 0x00};
    byte[] token = Files.readAllBytes(dir.resolve("forged"));
    int length = granted.length + token.length;
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(new byte[] {0x30, (byte) 0x82, (byte) (length >> 8), (byte) length});
    response.writeBytes(granted);
    response.writeBytes(token);
    return response.toByteArray();
  }

  private void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(arguments);
    command.addFirst("openssl");
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor())
        .as("%s: %s", command, new String(said, StandardCharsets.UTF_8))
        .isZero();
  }
}
