// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Where a package says its corresponding source is (GPLv2 section 3, GPLv3 section 6).
public sealed interface SourceReference {

  /// In the package itself, below {@link SourceFiles#DIRECTORY}: accompanied by it.
  record Inside() implements SourceReference {}

  /// At an address, with a written offer.
  ///
  /// @param digest SHA-384 of the source archive in lower-case hex
  /// @param offerUntil the offer's last day, UTC; at least three years after signing
  record Elsewhere(String address, String digest, LocalDate offerUntil)
      implements SourceReference {}

  int OFFER_YEARS = 3;

  /// Reads the three attributes `NPA-Source`, `NPA-Source-Digest`, `NPA-Source-Offer-Until`.
  ///
  /// @param signedAt from when the three years count
  /// @param decidedAt when the offer must still stand: who hands the plugin on relies on it
  static Verdict<SourceReference> read(
      PluginManifest manifest, Instant signedAt, Instant decidedAt) {
    String source = manifest.source().orElse("");
    if (source.equals(SourceFiles.DIRECTORY)) {
      boolean contradicts =
          manifest.sourceDigest().isPresent() || manifest.sourceOfferUntil().isPresent();
      return contradicts
          ? refused(
              PackageFormat.SOURCE, "is in the package, and offered as well", "leave the offer out")
          : Verdict.accepted(new Inside());
    }
    if (!source.matches("https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/[!-~]*")) {
      return refused(
          PackageFormat.SOURCE,
          source.isEmpty() ? "is missing" : "is " + source,
          "put the source below "
              + SourceFiles.DIRECTORY
              + " and say so, or name an https address");
    }
    String digest = manifest.sourceDigest().orElse("");
    if (!digest.matches("sha384:[0-9a-f]{96}")) {
      return refused(
          PackageFormat.SOURCE_DIGEST,
          digest.isEmpty() ? "is missing" : "is " + digest,
          "write sha384: and the digest of the archive that npa source pack made");
    }
    return offer(manifest, signedAt, decidedAt)
        .then(
            until ->
                Verdict.accepted(
                    new Elsewhere(source, digest.substring("sha384:".length()), until)));
  }

  private static Verdict<LocalDate> offer(
      PluginManifest manifest, Instant signedAt, Instant decidedAt) {
    LocalDate earliest = day(signedAt).plusYears(OFFER_YEARS);
    String text = manifest.sourceOfferUntil().orElse("");
    Optional<LocalDate> until = date(text);
    if (until.isEmpty() || until.get().isBefore(earliest)) {
      return refused(
          PackageFormat.SOURCE_OFFER_UNTIL,
          text.isEmpty() ? "is missing" : "is " + text,
          "offer the source until "
              + earliest
              + " at least, "
              + OFFER_YEARS
              + " years after signing; or put it into the package");
    }
    if (until.get().isBefore(day(decidedAt))) {
      return refused(
          PackageFormat.SOURCE_OFFER_UNTIL,
          "is " + text + ", which is over",
          "get a package that offers the source for longer, or has it inside");
    }
    return Verdict.accepted(until.get());
  }

  private static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static <T> Verdict<T> refused(String attribute, String detail, String remedy) {
    return Verdict.refused(
        new Refusal(
            RuleId.L008_NO_SOURCE,
            new Location.Entry(PackageFormat.MANIFEST + " " + attribute),
            Printable.text(detail),
            remedy));
  }
}
