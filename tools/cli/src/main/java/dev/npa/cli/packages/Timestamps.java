// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.verifier.packaging.HttpTimestampAuthority;
import dev.npa.verifier.packaging.TimestampExchange;
import dev.npa.verifier.packaging.TimestampSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--tsa`: who states when a signature was made (RFC 3161).
final class Timestamps {
  private static final String NAME = "--tsa";
  private static final String FILES = "file:";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int LIMIT_BYTES = 64 << 10;

  private Timestamps() {}

  static OptionSpec option() {
    return Options.text(
        NAME,
        "URL|file:BASE|none",
        "Timestamp authority: an http address; or file:BASE, which writes the query to BASE.tsq"
            + " and waits for the answer in BASE.tsr; or none. Default: none.");
  }

  static Optional<TimestampSource> of(ParseResult given) throws IOException {
    String text = given.matchedOptionValue(NAME, "none");
    if (text.equals("none")) {
      return Optional.empty();
    }
    if (text.startsWith(FILES) && text.length() > FILES.length()) {
      String base = text.substring(FILES.length());
      return Optional.of(
          new ByFile(
              InputFile.path(base + ".tsq"), InputFile.path(base + ".tsr"), Verb.talk(given)));
    }
    try {
      return Optional.of(new HttpTimestampAuthority(new URI(text), TIMEOUT));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UsageException(NAME + " " + text + " is no http address, file:BASE or none");
    }
  }

  /// An authority that is reached by carrying files, for signers without a network.
  private record ByFile(Path query, Path answer, PrintWriter talk) implements TimestampSource {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 200;

    @Override
    public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
      byte[] question = TimestampExchange.query(signature);
      Files.deleteIfExists(answer); // the answer to an earlier question
      OutputFile.write(query, question, Audience.EVERYONE, true);
      talk.println("waiting for " + answer + ", the answer to " + query + "; for instance by");
      talk.println("  openssl ts -reply -queryfile " + query + " -out " + answer);
      talk.flush();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.exists(answer) || Files.size(answer) == 0) {
        if (System.nanoTime() > end) {
          throw new IOException(answer + ": no answer within " + PATIENCE.toMinutes() + " minutes");
        }
        pause();
      }
      byte[] response = InputFile.readAll(answer.toString(), LIMIT_BYTES, "a timestamp response");
      return TimestampExchange.token(response, question);
    }

    private static void pause() throws IOException {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for a timestamp", e);
      }
    }
  }
}
