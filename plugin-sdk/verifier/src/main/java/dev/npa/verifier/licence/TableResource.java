// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The texts and tables that come with this package.
final class TableResource {

  private TableResource() {}

  /// Lines of tab-separated cells, without comments.
  ///
  /// @throws IllegalStateException if a line has another number of cells
  static List<List<String>> rows(String name, int cells) {
    return new String(bytes(name), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(
            line -> {
              List<String> row = List.of(line.split("\t", -1));
              if (row.size() != cells) {
                throw new IllegalStateException(name + ": " + line);
              }
              return row;
            })
        .toList();
  }

  /// @throws IllegalStateException if there is no such resource
  static byte[] bytes(String name) {
    try (InputStream in = TableResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
