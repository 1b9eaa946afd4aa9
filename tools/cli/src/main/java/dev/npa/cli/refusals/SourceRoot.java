// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.verifier.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The vendor's sources, if they were named: shows the line that an instruction came from.
public final class SourceRoot {
  private final Optional<Path> root;
  private final Map<String, List<String>> files = new HashMap<>();

  public SourceRoot(Optional<Path> root) {
    this.root = root;
  }

  /// Where the file is, as the user would name it; `com/acme/XgPlugin.java` without a root.
  String path(Location.Instruction at) {
    String file = Places.sourceFile(at);
    return root.map(dir -> dir.resolve(file).toString().replace('\\', '/')).orElse(file);
  }

  /// The line, or nothing if it is not there: another version, or no sources at all.
  Optional<String> line(Location.Instruction at) {
    String file = Places.sourceFile(at);
    int line = Places.line(at);
    if (root.isEmpty() || file.isEmpty() || line == 0) {
      return Optional.empty();
    }
    List<String> lines = files.computeIfAbsent(file, this::read);
    return line <= lines.size() ? Optional.of(lines.get(line - 1)) : Optional.empty();
  }

  /// A class file names its source as it likes: nothing above the root is opened.
  private List<String> read(String file) {
    Path path = root.orElseThrow().resolve(file).normalize();
    if (!path.startsWith(root.orElseThrow().normalize()) || !Files.isRegularFile(path)) {
      return List.of();
    }
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException notReadable) {
      return List.of(); // the place is told without its text
    }
  }
}
