// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceSubject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// A package as a file, signed or not. The signature is not examined: these verbs are for whoever
/// builds a package, or wants to know what one says.
///
/// @param content what the archive holds, or why it is none
/// @param signed whether a signature block is attached
public record PackageFile(String name, Verdict<UnsignedPackage> content, boolean signed) {

  private static final int COMMENT_LENGTH_BYTES = 2;

  public static void addTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PACKAGE")
            .type(String.class)
            .arity("1")
            .description("A plugin package, signed or not. Its signature is not examined.")
            .build());
  }

  /// @throws IOException if the file cannot be read
  public static PackageFile of(ParseResult given) throws IOException {
    String name = given.matchedPositionalValue(0, "");
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      bytes = in.readNBytes(PackageFormat.MAX_PACKAGE_BYTES + 1);
    }
    Optional<byte[]> range = withoutSignature(bytes);
    return new PackageFile(name, UnsignedPackage.read(range.orElse(bytes)), range.isPresent());
  }

  /// The signed range, closed again by an empty archive comment.
  private static Optional<byte[]> withoutSignature(byte[] bytes) {
    byte[] magic = PackageFormat.TRAILER_MAGIC.getBytes(StandardCharsets.US_ASCII);
    int from = bytes.length - magic.length;
    if (from < Integer.BYTES || !Arrays.equals(bytes, from, bytes.length, magic, 0, magic.length)) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(from - Integer.BYTES);
    long end = (long) bytes.length - PackageFormat.TRAILER_BYTES - length - COMMENT_LENGTH_BYTES;
    return length < 0 || end < 0
        ? Optional.empty()
        : Optional.of(Arrays.copyOf(Arrays.copyOf(bytes, (int) end), (int) end + 2));
  }

  /// What the licence stage looks at, or the refusals of the archive.
  ///
  /// @param at from when a written offer counts; the signing time is not known here
  public Verdict<LicenceSubject> subject(Instant at) {
    return switch (content) {
      case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) ->
          new Verdict.Refused<>(refusals);
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage found) ->
          Verdict.accepted(LicenceSubject.of(found.manifest(), found.entries(), at));
    };
  }
}
