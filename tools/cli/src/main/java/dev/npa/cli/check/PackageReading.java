// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.check.Candidate.Kind;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads a plugin package, signed or not, without checking the signature. What is wrong with its
/// structure the gate says, and its classes are examined all the same.
final class PackageReading {
  private static final String CLASS = ".class";
  private static final byte[] SIGNED =
      PackageFormat.TRAILER_MAGIC.getBytes(StandardCharsets.US_ASCII);

  private PackageReading() {}

  /// A candidate, if the file says of itself that it is a package: by its end or by its manifest.
  static Optional<Candidate> of(Path path, byte[] file) {
    return switch (UnverifiedPackage.read(file)) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) ->
          Optional.of(
              new Candidate(
                  path,
                  Kind.PACKAGE,
                  classes(found.entries()),
                  Optional.of(found.manifest().entryClassInternalName()),
                  List.of(),
                  List.of()));
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
          broken(path, file, refusals);
    };
  }

  private static Optional<Candidate> broken(Path path, byte[] file, List<Refusal> refusals) {
    SortedMap<String, byte[]> entries = entries(file);
    byte[] manifest = entries.getOrDefault(PackageFormat.MANIFEST, new byte[0]);
    boolean saysSo =
        isSigned(file)
            || new String(manifest, StandardCharsets.ISO_8859_1)
                .contains(PackageFormat.PLUGIN_ID + ":");
    return saysSo
        ? Optional.of(
            new Candidate(
                path, Kind.PACKAGE, classes(entries), Optional.empty(), refusals, List.of()))
        : Optional.empty();
  }

  private static boolean isSigned(byte[] file) {
    int at = file.length - SIGNED.length;
    return at >= 0 && Arrays.equals(file, at, file.length, SIGNED, 0, SIGNED.length);
  }

  private static SortedMap<String, byte[]> classes(Map<String, byte[]> entries) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    entries.forEach(
        (name, content) -> {
          if (name.endsWith(CLASS)) {
            classes.put(name.substring(0, name.length() - CLASS.length()), content);
          }
        });
    return classes;
  }

  /// As far as they can be read; no more than a package may hold.
  private static SortedMap<String, byte[]> entries(byte[] file) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    long left = PackageFormat.MAX_PACKAGE_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && left > 0 && entries.size() < PackageFormat.MAX_ENTRIES) {
        byte[] content = zip.readNBytes(PackageFormat.MAX_ENTRY_BYTES);
        left -= content.length;
        entries.putIfAbsent(entry.getName(), content);
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      return entries; // what is wrong with it, the gate says
    }
    return entries;
  }
}
