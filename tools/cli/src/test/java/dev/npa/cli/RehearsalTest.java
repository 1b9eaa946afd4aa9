// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rehearsal that ends early leaves a start cache that lacks the rest, and nobody would see why
/// npa starts slowly.
final class RehearsalTest {
  @TempDir private Path dir;

  @Test
  void playsToItsEnd() throws Exception {
    Path stage = Files.createDirectory(dir.resolve("stage"));

    Rehearsal.main(new String[] {TestImage.in(dir.resolve("image")).toString(), stage.toString()});

    assertThat(stage.resolve("broken.jar")).exists();
  }
}
