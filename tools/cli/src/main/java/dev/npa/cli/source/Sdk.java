// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Where this command's own copy of the plugin SDK is.
final class Sdk {

  private static final String MODULE = "dev.npa.plugin";

  private Sdk() {}

  /// @throws IOException if this command runs without it
  static Path ofThisCommand() throws IOException {
    Optional<URI> location =
        ModuleLayer.boot()
            .configuration()
            .findModule(MODULE)
            .flatMap(module -> module.reference().location());
    return Path.of(
        location.orElseThrow(() -> new IOException("no module " + MODULE + "; name --sdk FILE")));
  }
}
