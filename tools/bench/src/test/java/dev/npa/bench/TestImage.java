// SPDX-License-Identifier: MIT
package dev.npa.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A product image with the sample plugin in it, made from the classes of the plugin's module.
public final class TestImage {
  private TestImage() {}

  /// Surefire starts the tests in tools/bench.
  public static Path in(Path directory) throws IOException {
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    Path classes = Path.of("../../sample-plugins/kawela/target/classes");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(plugins.resolve("npa-kawela.jar"));
        ZipOutputStream jar = new ZipOutputStream(file)) {
      for (Path member : files) {
        jar.putNextEntry(new ZipEntry(classes.relativize(member).toString().replace('\\', '/')));
        Files.copy(member, jar);
      }
    }
    return directory;
  }
}
