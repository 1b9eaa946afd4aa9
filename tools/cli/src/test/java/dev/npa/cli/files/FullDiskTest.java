// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that may not grow past two blocks stand for a disk on which no more is free: to a program
/// both are a write that fails in the middle.
final class FullDiskTest {
  private static final String KEYS = "keys new k.p12 --dev --vendor a --pci 8086 --packages com.a";

  @TempDir private Path dir;

  @Test
  void leavesNoPartOfAFile() throws Exception {
    String[] said = npa(KEYS);

    assertThat(said).containsExactly("npa: k.p12: cannot be written: File too large", "code 3");
    assertThat(names()).isEmpty();
  }

  @Test
  void losesNothingOfTheFileToReplace() throws Exception {
    Files.writeString(dir.resolve("k.p12"), "old");

    npa(KEYS + " --overwrite");

    assertThat(dir.resolve("k.p12")).hasContent("old");
    assertThat(names()).containsExactly("k.p12");
  }

  /// What it printed, by lines, and its exit code.
  private String[] npa(String arguments) throws IOException, InterruptedException {
    String script =
        "ulimit -f 2; '%s/bin/java' -XX:-UsePerfData --module-path '%s' -m dev.npa.cli/dev.npa.cli.Npa %s"
            .formatted(
                System.getProperty("java.home"), System.getProperty("jdk.module.path"), arguments);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    builder.directory(dir.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().put("NPA_PASSWORD", "typed by nobody");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(ExitCode.ENVIRONMENT.code());
    return (output + "code " + process.exitValue()).lines().toArray(String[]::new);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
