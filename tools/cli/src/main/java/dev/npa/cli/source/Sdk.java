// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.ProductImage;
import dev.npa.cli.files.InputFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where this command's own copy of the plugin SDK is.
final class Sdk {

  private static final String MODULE = "dev.npa.plugin";

  private Sdk() {}

  /// Where npa runs from the class path, to start quickly, the SDK is no module: then it is the one
  /// in the product image.
  ///
  /// @throws IOException if this command runs without it
  static Path ofThisCommand() throws IOException {
    Optional<URI> location =
        ModuleLayer.boot()
            .configuration()
            .findModule(MODULE)
            .flatMap(module -> module.reference().location());
    return location.isPresent() ? Path.of(location.get()) : ProductImage.pluginApi();
  }

  /// @throws IOException if it is nothing that a class path can hold
  static Path named(String name) throws IOException {
    Path path = InputFile.path(name).toAbsolutePath();
    if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new IOException(name + ": neither a JAR nor a directory to compile against");
    }
    return path;
  }
}
