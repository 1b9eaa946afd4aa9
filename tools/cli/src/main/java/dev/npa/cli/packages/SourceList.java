// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.UsageException;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.source.SourceTree;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files and directories that a vendor names as the source of a plugin, by the entries they get
/// in the package. Without a recipe among them, the standard one is added.
record SourceList(Map<String, byte[]> entries) {

  /// @param names relative paths, joined by commas; they keep their paths below the tree's root
  /// @param licence for the recipe's first line
  static SourceList of(String names, String licence) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Optional<String> firstDirectory = Optional.empty();
    for (String name : names.split(",", -1)) {
      String relative = name.strip().replaceFirst("/+$", "");
      if (!relative.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*") || relative.contains("..")) {
        throw new UsageException("--sources " + name + " is no path below this directory");
      }
      Path path = InputFile.path(relative);
      if (!Files.isDirectory(path)) {
        files.put(
            relative, InputFile.readAll(relative, PackageFormat.MAX_ENTRY_BYTES, "a source file"));
        continue;
      }
      firstDirectory = firstDirectory.or(() -> Optional.of(relative));
      SourceTree.read(path).files().forEach((file, text) -> files.put(relative + "/" + file, text));
    }
    if (!files.containsKey(BuildRecipe.FILE) && firstDirectory.isPresent()) {
      BuildRecipe standard = BuildRecipe.standard();
      files.put(
          BuildRecipe.FILE,
          new BuildRecipe(
                  standard.compiler(), standard.release(), standard.options(), firstDirectory.get())
              .text(licence)
              .getBytes(StandardCharsets.UTF_8));
    }
    Map<String, byte[]> entries = new TreeMap<>();
    files.forEach((name, text) -> entries.put(SourceFiles.DIRECTORY + name, text));
    return new SourceList(entries);
  }
}
