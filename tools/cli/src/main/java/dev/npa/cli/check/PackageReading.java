// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.check.Candidate.Kind;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads a plugin package, signed or not, without looking at the signature: whether the structure
/// is right is for the gate to say, and classes are shown even if it is not.
final class PackageReading {
  private static final int LENGTH_FIELD = 2;
  private static final String CLASS = ".class";

  private PackageReading() {}

  /// A file that says of itself that it is a package, by its signature or by its manifest.
  static boolean isPackage(byte[] file) {
    return isSigned(file)
        || entries(file).entrySet().stream()
            .filter(entry -> entry.getKey().equals(PackageFormat.MANIFEST))
            .anyMatch(
                entry ->
                    new String(entry.getValue(), StandardCharsets.ISO_8859_1)
                        .contains(PackageFormat.PLUGIN_ID + ":"));
  }

  static Candidate read(Path path, byte[] file) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    entries(file)
        .forEach(
            (name, content) -> {
              if (name.endsWith(CLASS)) {
                classes.put(name.substring(0, name.length() - CLASS.length()), content);
              }
            });
    return switch (UnsignedPackage.read(withoutSignature(file))) {
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage unsigned) ->
          new Candidate(
              path,
              Kind.PACKAGE,
              classes,
              Optional.of(unsigned.manifest().entryClassInternalName()),
              List.of());
      case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) ->
          new Candidate(path, Kind.PACKAGE, classes, Optional.empty(), refusals);
    };
  }

  private static boolean isSigned(byte[] file) {
    byte[] magic = PackageFormat.TRAILER_MAGIC.getBytes(StandardCharsets.US_ASCII);
    int at = file.length - magic.length;
    return at >= 0 && Arrays.equals(file, at, file.length, magic, 0, magic.length);
  }

  /// The package as it was before it was signed: its comment is the signature, and its length field
  /// is not in the signed range. Left as it is where the block does not fit.
  private static byte[] withoutSignature(byte[] file) {
    int trailer = file.length - PackageFormat.TRAILER_BYTES;
    if (!isSigned(file) || trailer < 0) {
      return file;
    }
    long block = 0;
    for (int i = LENGTH_FIELD + 1; i >= 0; i--) {
      block = block << 8 | file[trailer + i] & 0xFF;
    }
    if (block > trailer - LENGTH_FIELD) {
      return file;
    }
    byte[] unsigned = Arrays.copyOf(file, trailer - (int) block);
    Arrays.fill(unsigned, unsigned.length - LENGTH_FIELD, unsigned.length, (byte) 0);
    return unsigned;
  }

  /// As far as they can be read; no more than a package may hold.
  private static SortedMap<String, byte[]> entries(byte[] file) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      ZipEntry entry = zip.getNextEntry();
      for (int i = 0; entry != null && i < PackageFormat.MAX_ENTRIES; i++) {
        entries.putIfAbsent(entry.getName(), zip.readNBytes(PackageFormat.MAX_ENTRY_BYTES));
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      return entries; // what is wrong with it, the gate says
    }
    return entries;
  }
}
