// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Classes in a folder, for a JVM of its own.
final class ClassFiles {
  private static final String SUFFIX = ".class";

  private ClassFiles() {}

  static void write(Path folder, SortedMap<String, byte[]> classes) {
    classes.forEach(
        (name, bytes) -> {
          Path file = folder.resolve(name + SUFFIX);
          try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static SortedMap<String, byte[]> read(Path folder) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        String name = folder.relativize(file).toString();
        classes.put(
            name.substring(0, name.length() - SUFFIX.length()).replace('\\', '/'),
            Files.readAllBytes(file));
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
