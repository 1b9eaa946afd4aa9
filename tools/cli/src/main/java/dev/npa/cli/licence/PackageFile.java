// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.files.InputFile;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.SignatureClaim;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceSubject;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// A package as a file, signed or not. The signature is not examined: these verbs are for whoever
/// builds a package, or wants to know what one says.
///
/// @param content what the archive holds, or why it is none
public record PackageFile(String name, Verdict<UnverifiedPackage> content) {

  public static void addTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PACKAGE")
            .type(String.class)
            .arity("1")
            .description(
                "A plugin package, signed or not; - for standard input. Its signature is not"
                    + " examined.")
            .build());
  }

  /// @throws IOException if the file cannot be read
  public static PackageFile of(ParseResult given) throws IOException {
    String name = given.matchedPositionalValue(0, "");
    byte[] bytes = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
    return new PackageFile(name, UnverifiedPackage.read(bytes));
  }

  /// What the licence stage looks at, or the refusals of the archive.
  ///
  /// @param at from when a written offer counts, and when it must stand; if empty, from the
  ///   signature's own time, or from now if there is none, and now
  Verdict<LicenceSubject> subject(Optional<Instant> at) {
    return switch (content) {
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
          new Verdict.Refused<>(refusals);
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) ->
          Verdict.accepted(
              LicenceSubject.of(
                  found.manifest(),
                  found.entries(),
                  at.or(() -> claimed(found)).orElseGet(Instant::now),
                  at.orElseGet(Instant::now)));
    };
  }

  private static Optional<Instant> claimed(UnverifiedPackage found) {
    return found.claims().stream().map(SignatureClaim::signingTime).max(Comparator.naturalOrder());
  }

  boolean signed() {
    return content instanceof Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found)
        && !found.claims().isEmpty();
  }
}
