// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.verifier.packaging.TimestampExchange;
import dev.npa.verifier.packaging.TimestampSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A timestamp authority that is reached by carrying files, for signers without a network.
///
/// @param query gets the question
/// @param answer is waited for; what is there before is the answer to an earlier question, and goes
/// @param talk tells the user what is waited for
record FileTimestampAuthority(Path query, Path answer, Duration patience, PrintWriter talk)
    implements TimestampSource {

  @Override
  public byte[] token(byte[] signature) throws IOException, GeneralSecurityException {
    if (Files.isDirectory(answer, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(answer + ": is a directory, where the answer is to appear");
    }
    TimestampExchange exchange = TimestampExchange.about(signature);
    Files.deleteIfExists(answer);
    Path directory = answer.toAbsolutePath().getParent();
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      // Before the question is asked: no answer comes unseen.
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      OutputFile.write(query, exchange.query(), Audience.EVERYONE, true);
      talk.println("waiting for " + answer + ", the answer to " + query + "; for instance by");
      talk.println("  openssl ts -reply -queryfile " + query + " -out " + answer);
      talk.flush();
      return exchange.token(await(watch));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(answer + ": " + e.getMessage(), e);
    }
  }

  /// The answer, once it is whole: it may be seen while it is being written.
  private byte[] await(WatchService watch) throws IOException, GeneralSecurityException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<byte[]> whole = look();
    while (whole.isEmpty()) {
      WatchKey changed = next(watch, end - System.nanoTime());
      changed.pollEvents(); // whatever changed, the answer is what counts
      if (!changed.reset()) {
        throw new IOException(answer.toAbsolutePath().getParent() + ": is no longer there");
      }
      whole = look();
    }
    return whole.get();
  }

  private Optional<byte[]> look() throws IOException, GeneralSecurityException {
    if (!Files.exists(answer)) {
      return Optional.empty();
    }
    byte[] response =
        InputFile.readAll(
            answer.toString(), TimestampExchange.MAX_RESPONSE_BYTES, "a timestamp response");
    return TimestampExchange.isWhole(response) ? Optional.of(response) : Optional.empty();
  }

  private WatchKey next(WatchService watch, long nanos) throws IOException {
    try {
      WatchKey changed = watch.poll(nanos, TimeUnit.NANOSECONDS);
      if (changed == null) {
        throw new IOException(
            "%s: no %s answer within %d seconds"
                .formatted(answer, Files.exists(answer) ? "whole" : "such", patience.toSeconds()));
      }
      return changed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a timestamp", e);
    }
  }
}
