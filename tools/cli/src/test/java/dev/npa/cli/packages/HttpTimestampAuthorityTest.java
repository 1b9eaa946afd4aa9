// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.cli.ExitCode;
import dev.npa.cli.ProductModule;
import dev.npa.cli.VerbRun;
import dev.npa.verifier.packaging.TimestampExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTimestampAuthorityTest {
  private static final byte[] SIGNATURE = {1, 2, 3, 4};
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path dir;
  private OpenSslTsa tsa;
  private HttpPeer peer;

  @BeforeEach
  void setsUp() throws Exception {
    tsa = new OpenSslTsa(dir.resolve("tsa"));
    peer = new HttpPeer();
  }

  @AfterEach
  void closes() throws Exception {
    peer.close();
  }

  @Test
  void bringsATokenThatOpenSslMade() throws Exception {
    peer.answer(query -> HttpPeer.reply(tsa.reply(query)));

    assertThat(token(LONG)).startsWith(0x30);
    assertThat(peer.requests().getFirst())
        .startsWith("POST /tsa HTTP/1.1\r\n")
        .containsIgnoringCase("\r\ncontent-type: application/timestamp-query\r\n");
  }

  @Test
  void timestampsASignatureThatTheGateThenTakesOnlyByARootItTrusts() throws Exception {
    VendorBench bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));
    peer.answer(query -> HttpPeer.reply(tsa.reply(query)));

    VendorBench.ok(bench.sign("p.unsigned.jar", "p.npa.jar", "keys.p12", "--tsa", url()));
    VendorBench.ok(bench.trust("add", bench.path("keys.root.pem")));
    VerbRun stranger = bench.verify("p.npa.jar");
    VendorBench.ok(bench.trust("add", "--timestamps", tsa.root().toString()));
    VerbRun trusted = bench.verify("p.npa.jar");

    assertThat(stranger.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(stranger.out()).contains("error[NPA-S026]");
    VendorBench.ok(trusted);
    assertThat(trusted.out()).containsPattern("ok +timestamp 20.*, CN=judge tsa");
  }

  @Test
  void saysWhichTimestampFailedAndWritesNothing() throws Exception {
    VendorBench bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
    VendorBench.ok(bench.makeKeys("keys.p12", List.of()));
    VendorBench.ok(bench.build("p.unsigned.jar", List.of()));
    peer.answer(_ -> status("503 Busy"));

    VerbRun run = bench.sign("p.unsigned.jar", "p.npa.jar", "keys.p12", "--tsa", url());

    run.assertFailure(url() + ": answered 503");
    assertThat(dir.resolve("p.npa.jar")).doesNotExist();
    bench
        .sign("p.unsigned.jar", "p.npa.jar", "keys.p12", "--tsa", "ftp://example.org/")
        .assertUsage("sign", "ftp://example.org/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Fault", "404 Nowhere", "204 Nothing", "301 Moved", "307 Moved"})
  void takesNoOtherStatusAndFollowsNoRedirection(String status) {
    peer.answer(_ -> status(status));

    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(url())
        .hasMessageContaining("answered " + status.substring(0, 3));
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void takesNoPageForAnAnswer() {
    peer.answer(
        _ -> "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answered with text/html");
  }

  @Test
  void takesNoAnswerThatNeverEnds() {
    peer.answer(_ -> HttpPeer.endless(new byte[1 << 20]));

    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(url())
        .hasMessageContaining("65536");
  }

  @Test
  void waitsNoLongerThanItsPatienceHoweverSlowlyTheAnswerComes() {
    peer.answer(query -> HttpPeer.reply(tsa.reply(query)));
    peer.holdBackAfter(20);

    assertThatThrownBy(() -> token(Duration.ofMillis(200)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(url() + ": no answer within");
  }

  @Test
  void takesNoAnswerThatIsCutShort() {
    peer.answer(
        query -> {
          byte[] whole = HttpPeer.reply(tsa.reply(query));
          return Arrays.copyOf(whole, whole.length - 9);
        });
    assertThatThrownBy(() -> token(LONG)).isInstanceOf(IOException.class);

    peer.answer(
        query -> {
          byte[] whole = tsa.reply(query);
          return HttpPeer.reply(Arrays.copyOf(whole, whole.length - 9));
        });
    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void takesNoAnswerToAnotherQuery() {
    byte[] other = {9};
    peer.answer(_ -> HttpPeer.reply(tsa.reply(TimestampExchange.about(SIGNATURE).query())));
    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("nonce");

    peer.answer(_ -> HttpPeer.reply(tsa.reply(TimestampExchange.about(other).query())));
    assertThatThrownBy(() -> token(LONG)).isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void takesATimestampFromNobodyWhoIsNoTimestampAuthority() {
    peer.answer(query -> HttpPeer.reply(tsa.replyByMailKey(query)));

    assertThatThrownBy(() -> token(LONG))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("imeStamping");
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + free + "/");

    assertThatThrownBy(() -> new HttpTimestampAuthority(nobody, LONG).token(SIGNATURE))
        .isInstanceOf(IOException.class)
        .hasMessage(nobody + ": cannot be reached");
  }

  private byte[] token(Duration patience) throws Exception {
    return new HttpTimestampAuthority(URI.create(url()), patience).token(SIGNATURE);
  }

  private String url() {
    return "http://127.0.0.1:" + peer.port() + "/tsa";
  }

  private byte[] status(String status) {
    return "HTTP/1.1 %s\r\nLocation: http://127.0.0.1:%d/other\r\nContent-Length: 0\r\n\r\n"
        .formatted(status, peer.port())
        .getBytes(ISO_8859_1);
  }
}
