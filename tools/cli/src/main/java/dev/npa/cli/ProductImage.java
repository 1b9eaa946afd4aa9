// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory that the build makes for the launcher: modules and, beside them, sample plugins.
public final class ProductImage {
  private static final String PROPERTY = "npa.image";

  private ProductImage() {}

  /// @throws IOException if npa was not started by its launcher
  public static Path path() throws IOException {
    String image = System.getProperty(PROPERTY, "");
    Path path = Path.of(image);
    if (image.isEmpty() || !Files.isDirectory(path)) {
      throw new IOException(
          "the product image is missing (-Dnpa.image=" + image + "): run tools/npa");
    }
    return path;
  }

  /// The JAR that a vendor compiles against.
  ///
  /// @throws IOException if npa was not started by its launcher
  public static Path pluginApi() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(path().resolve("modules"), "npa-plugin-api-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("the product image has no plugin API: run tools/npa");
  }
}
