// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.PlainText;
import dev.npa.cli.check.Candidate.Kind;
import dev.npa.cli.files.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Reads classes from where a build leaves them. The limits are far above every plugin, and keep a
/// file that unpacks to terabytes from being more than a refusal.
final class CandidateReader {
  private static final int MAX_CLASSES = 20_000;
  private static final int MAX_BYTES = 64 << 20;

  /// All that a JAR unpacks to, what is not looked at too.
  private static final int MAX_UNPACKED_BYTES = 256 << 20;

  /// Of a larger class this many are read: the gate refuses it by its size.
  private static final int CLASS_BYTES = (256 << 10) + 1;

  private static final String CLASS = ".class";

  private final SortedMap<String, byte[]> classes = new TreeMap<>();
  private final SortedSet<String> leftOut = new TreeSet<>();
  private final Path path;
  private int bytes;
  private long unpacked;

  private CandidateReader(Path path) {
    this.path = path;
  }

  /// @param name a directory, a file, or `-` for standard input
  /// @throws IOException if there is nothing to examine: no such file, no classes, too much
  static Candidate read(String name) throws IOException {
    Path path = InputFile.path(name);
    CandidateReader reader = new CandidateReader(path);
    return Files.isDirectory(path)
        ? reader.directory()
        : reader.file(InputFile.readAll(name, MAX_BYTES, "a JAR of classes"));
  }

  private Candidate directory() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(path)) {
      files = tree.filter(file -> file.toString().endsWith(CLASS)).sorted().toList();
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IOException(file + ": not a file");
      }
      String name = path.relativize(file).toString().replace('\\', '/');
      try (InputStream content = Files.newInputStream(file)) {
        add(name, content);
      }
    }
    return candidate(Kind.DIRECTORY);
  }

  private Candidate file(byte[] file) throws IOException {
    Optional<Candidate> plugin = PackageReading.of(path, file);
    if (plugin.isPresent()) {
      return plugin.get();
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(CLASS)) {
          add(name, zip);
        } else if (name.endsWith(CLASS + "/") || !entry.isDirectory() && !isManifest(name)) {
          leftOut.add(name);
        }
        pass(zip);
      }
    } catch (ZipException | IllegalArgumentException notReadable) {
      throw new IOException(path + ": not a readable JAR: " + notReadable.getMessage());
    }
    return candidate(Kind.JAR);
  }

  private static boolean isManifest(String name) {
    return name.equals("META-INF/MANIFEST.MF");
  }

  /// `package-info` and `module-info` hold no code that a plugin could run; packaging leaves them
  /// out. The versions of a multi-release JAR are another JAR's classes.
  private void add(String name, InputStream content) throws IOException {
    if (name.endsWith("-info.class") || name.startsWith("META-INF/")) {
      leftOut.add(name);
      return;
    }
    byte[] read = content.readNBytes(CLASS_BYTES);
    bytes += read.length;
    if (bytes > MAX_BYTES || classes.size() == MAX_CLASSES) {
      throw new IOException(
          path + ": more than " + MAX_CLASSES + " classes or " + MAX_BYTES + " bytes of them");
    }
    if (classes.put(name.substring(0, name.length() - CLASS.length()), read) != null) {
      throw new IOException(path + ": two entries named " + PlainText.of(name));
    }
  }

  /// Passes over what is left of an entry, which has to be unpacked for that.
  private void pass(ZipInputStream zip) throws IOException {
    byte[] chunk = new byte[1 << 16];
    int read = 0;
    while (read >= 0) {
      unpacked += read;
      if (unpacked > MAX_UNPACKED_BYTES) {
        throw new IOException(path + ": unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
      }
      read = zip.read(chunk);
    }
  }

  private Candidate candidate(Kind kind) throws IOException {
    if (classes.isEmpty()) {
      throw new IOException(
          path
              + (kind == Kind.DIRECTORY
                  ? ": no class files below it; compile first"
                  : ": not a plugin package, and not a JAR with class files"));
    }
    return new Candidate(path, kind, classes, Optional.empty(), List.of(), List.copyOf(leftOut));
  }
}
