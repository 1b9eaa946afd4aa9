// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

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
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Reads classes from where a build leaves them. The limits are far above every plugin, and keep a
/// file that unpacks to terabytes from being more than a refusal.
final class CandidateReader {
  private static final int MAX_CLASSES = 20_000;
  private static final int MAX_BYTES = 256 << 20;
  private static final String CLASS = ".class";

  private final SortedMap<String, byte[]> classes = new TreeMap<>();
  private final Path path;
  private int bytes;

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
        if (entry.getName().endsWith(CLASS)) {
          add(entry.getName(), zip);
        }
      }
    } catch (ZipException | IllegalArgumentException notReadable) {
      throw new IOException(path + ": not a readable JAR: " + notReadable.getMessage());
    }
    return candidate(Kind.JAR);
  }

  /// `package-info` and `module-info` hold no code that a plugin could run; packaging leaves them
  /// out. The versions of a multi-release JAR are another JAR's classes.
  private void add(String name, InputStream content) throws IOException {
    if (name.endsWith("-info.class") || name.startsWith("META-INF/")) {
      return;
    }
    byte[] read = content.readNBytes(MAX_BYTES - bytes + 1);
    bytes += read.length;
    if (bytes > MAX_BYTES || classes.size() == MAX_CLASSES) {
      throw new IOException(
          path + ": more than " + MAX_CLASSES + " classes or " + MAX_BYTES + " bytes of them");
    }
    classes.put(name.substring(0, name.length() - CLASS.length()), read);
  }

  private Candidate candidate(Kind kind) throws IOException {
    if (classes.isEmpty()) {
      throw new IOException(
          path
              + (kind == Kind.DIRECTORY
                  ? ": no class files below it; compile first"
                  : ": not a plugin package, and not a JAR with class files"));
    }
    return new Candidate(path, kind, classes, Optional.empty(), List.of());
  }
}
