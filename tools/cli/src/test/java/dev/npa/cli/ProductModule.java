// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Maven module of the product, by its directory; built before these tests run.
public record ProductModule(String directory) {
  static List<ProductModule> all() {
    return Stream.of(
            "plugin-sdk/api",
            "plugin-sdk/verifier",
            "nic-emulator",
            "shell",
            "hypervisor",
            "sample-plugins/kawela",
            "sample-plugins/hostile",
            "tools/testbed",
            "tools/cli")
        .map(ProductModule::new)
        .toList();
  }

  public Path classes() {
    return SourceTree.root().resolve(directory).resolve("target/classes");
  }

  private Path sources() {
    return SourceTree.root().resolve(directory).resolve("src/main/java");
  }

  boolean isNamed() {
    return Files.exists(sources().resolve("module-info.java"));
  }

  /// Packages that have sources, whether compiled or not.
  Set<String> packages() throws IOException {
    if (!Files.exists(sources())) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources().relativize(file.resolveSibling("")))
          .filter(directory -> !directory.toString().isEmpty())
          .map(directory -> directory.toString().replace('/', '.'))
          .collect(Collectors.toSet());
    }
  }
}
