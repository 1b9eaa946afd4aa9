// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.files.InputFile;
import dev.npa.verifier.licence.source.SourceFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads a vendor's source directory: all of it, but for what a build or a version control system
/// put there, and what hides.
public final class SourceTree {

  private static final int MAX_FILES = 10_000;
  private static final int MAX_FILE_BYTES = 4 << 20;

  private SourceTree() {}

  /// @throws IOException if something below cannot be read, or is too much for a plugin's source
  public static SourceFiles read(Path directory) throws IOException {
    InputFile.requireDirectory(directory);
    SortedMap<String, byte[]> files = new TreeMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.equals(directory) ? "" : dir.getFileName().toString();
            return name.startsWith(".") || name.equals("target") || name.equals("build")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isRegularFile() || file.getFileName().toString().startsWith(".")) {
              return FileVisitResult.CONTINUE;
            }
            if (attributes.size() > MAX_FILE_BYTES || files.size() == MAX_FILES) {
              throw new IOException(
                  file
                      + ": too much for a plugin's source, at most "
                      + MAX_FILES
                      + " files of "
                      + MAX_FILE_BYTES
                      + " bytes");
            }
            files.put(
                directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            return FileVisitResult.CONTINUE;
          }
        });
    return SourceFiles.of(files);
  }
}
