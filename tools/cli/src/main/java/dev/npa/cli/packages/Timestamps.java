// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.verifier.packaging.TimestampSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--tsa`: who states when a signature was made (RFC 3161).
final class Timestamps {
  private static final String NAME = "--tsa";
  private static final String FILES = "file:";
  private static final Duration NETWORK_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CARRIERS_PATIENCE = Duration.ofMinutes(10);

  private Timestamps() {}

  static OptionSpec option() {
    return Options.text(
        NAME,
        "URL|file:BASE|none",
        "Timestamp authority: an http address; or file:BASE, which writes the query to BASE.tsq"
            + " and waits ten minutes for the answer in BASE.tsr; or none. Default: none.");
  }

  static Optional<TimestampSource> of(ParseResult given) throws IOException {
    String text = given.matchedOptionValue(NAME, "none");
    if (text.equals("none")) {
      return Optional.empty();
    }
    if (text.startsWith(FILES) && text.length() > FILES.length()) {
      String base = text.substring(FILES.length());
      return Optional.of(
          new FileTimestampAuthority(
              InputFile.path(base + ".tsq"),
              InputFile.path(base + ".tsr"),
              CARRIERS_PATIENCE,
              Verb.talk(given)));
    }
    try {
      return Optional.of(new HttpTimestampAuthority(new URI(text), NETWORK_PATIENCE));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UsageException(NAME + " " + text + " is no http address, file:BASE or none");
    }
  }
}
