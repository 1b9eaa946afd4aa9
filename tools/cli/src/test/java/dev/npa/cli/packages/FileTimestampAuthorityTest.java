// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.verifier.packaging.TimestampExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTimestampAuthorityTest {
  private static final byte[] SIGNATURE = {1, 2, 3, 4};
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(1);

  @TempDir private Path dir;
  private Path query;
  private Path answer;
  private OpenSslTsa tsa;

  @BeforeEach
  void setsUp() throws Exception {
    query = dir.resolve("q.tsq");
    answer = dir.resolve("q.tsr");
    tsa = new OpenSslTsa(dir.resolve("tsa"));
  }

  /// Carries the query to the authority and does something with the answer.
  private interface Carrier {
    void carry(byte[] reply) throws Exception;
  }

  @Test
  void takesAnAnswerThatIsThereAtOnce() throws Exception {
    byte[] token = token(LONG, reply -> Files.write(answer, reply));

    assertThat(token).startsWith(0x30);
  }

  @Test
  void waitsForAnAnswerThatIsWrittenByAndBy() throws Exception {
    byte[] token =
        token(
            LONG,
            reply -> {
              Files.write(answer, Arrays.copyOf(reply, reply.length / 2));
              Thread.ofVirtual().start(() -> write(answer, reply));
            });

    assertThat(token).startsWith(0x30);
  }

  @Test
  void waitsForAnAnswerThatIsMovedIntoPlace() throws Exception {
    byte[] token =
        token(
            LONG,
            reply -> {
              Path draft = Files.write(dir.resolve("draft"), reply);
              Files.move(draft, answer, StandardCopyOption.ATOMIC_MOVE);
            });

    assertThat(token).startsWith(0x30);
  }

  @Test
  void takesNoAnswerThatStaysHalf() {
    assertThatThrownBy(
            () ->
                token(SHORT, reply -> Files.write(answer, Arrays.copyOf(reply, reply.length - 1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("q.tsr: no whole answer within");
  }

  @Test
  void givesUpWhenNoAnswerComes() {
    assertThatThrownBy(() -> token(SHORT, _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("q.tsr: no such answer within");
  }

  @Test
  void takesNoAnswerToAnEarlierQuery() throws Exception {
    byte[] earlier = tsa.reply(TimestampExchange.about(SIGNATURE).query());
    Files.write(answer, earlier);

    assertThatThrownBy(() -> token(SHORT, _ -> {})).hasMessageContaining("no such answer");
    assertThatThrownBy(() -> token(LONG, _ -> Files.write(answer, earlier)))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("nonce");
  }

  @Test
  void takesNoAnswerAboutAnotherSignature() {
    byte[] other = {5, 6, 7};

    assertThatThrownBy(
            () ->
                token(
                    LONG,
                    _ -> Files.write(answer, tsa.reply(TimestampExchange.about(other).query()))))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void saysAtOnceThatGarbageIsNoAnswer() {
    assertThatThrownBy(() -> token(LONG, _ -> Files.writeString(answer, "<html>404</html>")))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("q.tsr: not a timestamp response");
    assertThatThrownBy(
            () -> token(LONG, reply -> Files.write(answer, Arrays.copyOf(reply, reply.length + 1))))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("not a timestamp response");
    assertThatThrownBy(
            () -> token(LONG, _ -> Files.write(answer, new byte[] {0x30, 0x06, 1, 1, 1, 1, 1, 1})))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void takesNoAnswerThatNeverEnds() {
    assertThatThrownBy(() -> token(LONG, _ -> Files.write(answer, new byte[1 << 20])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long for a timestamp response");
  }

  @Test
  void leavesADirectoryInTheAnswersPlaceAlone() throws IOException {
    Files.createDirectory(answer);

    assertThatThrownBy(() -> token(SHORT, _ -> {})).hasMessageContaining("is a directory");
    assertThat(answer).isDirectory();
  }

  @Test
  void takesATimestampFromNobodyWhoIsNoTimestampAuthority() {
    assertThatThrownBy(
            () -> token(LONG, _ -> write(answer, tsa.replyByMailKey(Files.readAllBytes(query)))))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("imeStamping"); // Bouncy Castle and this project spell it apart
  }

  @Test
  void findsEveryPrefixOfAResponseUnfinished() throws Exception {
    TimestampExchange exchange = TimestampExchange.about(SIGNATURE);
    byte[] reply = tsa.reply(exchange.query());

    for (int length = 0; length < reply.length; length++) {
      assertThat(TimestampExchange.isWhole(Arrays.copyOf(reply, length))).isFalse();
    }
    assertThat(TimestampExchange.isWhole(reply)).isTrue();
  }

  @Test
  void takesNoResponseOfWhichOneBitIsOther() throws Exception {
    tsa.sendNoRoot(); // nobody signs a root that is sent along, and nobody needs it
    TimestampExchange exchange = TimestampExchange.about(SIGNATURE);
    byte[] reply = tsa.reply(exchange.query());
    byte[] token = exchange.token(reply);

    for (int bit = 0; bit < 8 * reply.length; bit++) {
      byte[] altered = reply.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tokenOrNothing(exchange, altered))
          .as("bit %d", bit)
          .satisfiesAnyOf(
              taken -> assertThat(taken).isEmpty(), taken -> assertThat(taken).isEqualTo(token));
    }
  }

  /// A flipped bit is refused, or lies in what is not part of the token.
  private static byte[] tokenOrNothing(TimestampExchange exchange, byte[] response) {
    try {
      return exchange.token(response);
    } catch (GeneralSecurityException _) {
      return new byte[0];
    }
  }

  private byte[] token(Duration patience, Carrier carrier) throws Exception {
    PrintWriter talk =
        new PrintWriter(
            new StringWriter() {
              @Override
              public void flush() {
                try {
                  carrier.carry(tsa.reply(Files.readAllBytes(query)));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    return new FileTimestampAuthority(query, answer, patience, talk).token(SIGNATURE);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
