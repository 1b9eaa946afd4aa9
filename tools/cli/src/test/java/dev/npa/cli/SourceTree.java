// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The checkout that the tests run in.
final class SourceTree {
  private static final Set<String> NOT_SOURCE = Set.of("target", ".git", ".npa");

  private SourceTree() {}

  /// Surefire starts the tests in tools/cli.
  static Path root() {
    Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
    if (!Files.isDirectory(root.resolve("plugin-sdk"))) {
      throw new IllegalStateException(root + " is not the project's directory");
    }
    return root;
  }

  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return NOT_SOURCE.contains(dir.getFileName().toString()) ? SKIP_SUBTREE : CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return CONTINUE;
          }
        });
    return files;
  }
}
