// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's commands for a new vendor, as they stand there.
final class QuickStartTest {
  private static final String HEADING = "## A vendor's first package";

  @TempDir private Path dir;

  @BeforeEach
  void installsNpa() throws IOException {
    TestImage.in(dir.resolve("image"));
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    String npa =
        "#!/bin/sh\nexec '%s/java' -Dnpa.image='%s' --module-path '%s' -m dev.npa.cli/dev.npa.cli.Npa \"$@\"\n"
            .formatted(java, dir.resolve("image"), System.getProperty("jdk.module.path"));
    Path tools = Files.createDirectories(dir.resolve("clone/tools"));
    Files.writeString(tools.resolve("npa"), npa);
    Files.setPosixFilePermissions(
        tools.resolve("npa"), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isTenLinesAndShowsWhyABrokenPackageIsRefused() throws Exception {
    List<String> commands = commands();
    assertThat(commands).hasSizeLessThanOrEqualTo(10);
    StringBuilder script = new StringBuilder();
    for (String command : commands) {
      script.append(command).append("\necho \"code $?\"\n");
    }

    List<String> output = run(script.toString());

    assertThat(output.stream().filter(line -> line.startsWith("code ")))
        .hasSize(commands.size())
        .last()
        .isEqualTo("code 1");
    assertThat(output.stream().filter(line -> line.equals("code 0"))).hasSize(commands.size() - 1);
    assertThat(output)
        .anyMatch(line -> line.startsWith("ACCEPTED at level community"))
        .anyMatch(line -> line.startsWith("UNVERIFIED: "))
        .anyMatch(line -> line.startsWith("error[NPA-S006]"));
  }

  private static List<String> commands() throws IOException {
    String readme = Files.readString(SourceTree.root().resolve("README.md"));
    String section = readme.substring(readme.indexOf(HEADING));
    int start = section.indexOf("```sh\n") + "```sh\n".length();
    return section.substring(start, section.indexOf("```", start)).lines().toList();
  }

  private List<String> run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    builder.directory(dir.resolve("clone").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    environment.put("NPA_PASSWORD", "typed by nobody");
    environment.put("XDG_CONFIG_HOME", dir.resolve("config").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home")); // the PATH's Java may be another
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output.lines().toList();
  }
}
