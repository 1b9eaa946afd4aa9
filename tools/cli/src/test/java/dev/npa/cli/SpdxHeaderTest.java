// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SpdxHeaderTest {
  @Test
  void standsInEverySourceFile() throws IOException {
    List<Path> sources = SourceTree.files().stream().filter(SpdxHeaderTest::isSource).toList();

    assertThat(sources).hasSizeGreaterThan(10);
    assertThat(sources).allSatisfy(SpdxHeaderTest::assertHeader);
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java")
        || name.equals("pom.xml")
        || file.endsWith("tools/npa")
        || file.endsWith(".ci/run");
  }

  /// Within the first lines: a script starts with its interpreter, XML with its declaration.
  private static void assertHeader(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.limit(2))
          .as(file.toString())
          .anyMatch(line -> line.contains("SPDX-License-Identifier: " + licence(file)));
    }
  }

  /// A plugin is linked into a GPL driver and says so itself.
  private static String licence(Path file) {
    Path plugins = SourceTree.root().resolve("sample-plugins");
    boolean ofAPlugin = file.startsWith(plugins) && !file.getParent().equals(plugins);
    return ofAPlugin ? "GPL-2.0-or-later" : "MIT";
  }
}
