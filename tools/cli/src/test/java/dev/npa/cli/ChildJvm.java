// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs `npa` in a JVM of its own, as the launcher does but with flags of the test's choice.
record ChildJvm(int exitCode, String output) {
  /// What tools/npa sets for a verb that may run vendor code.
  static final List<String> LAUNCHER_FLAGS =
      List.of(
          "-XX:+UseG1GC",
          "-XX:+DisableAttachMechanism",
          "-XX:-EnableDynamicAgentLoading",
          "-XX:MaxMetaspaceSize=256m",
          "--finalization=disabled",
          "--illegal-native-access=deny");

  static ChildJvm onModulePath(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(flags);
    command.addAll(
        List.of("--module-path", productPath(), "--module", "dev.npa.cli/dev.npa.cli.Npa"));
    command.addAll(List.of(arguments));
    return start(command);
  }

  static ChildJvm onClassPath(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(flags);
    command.addAll(List.of("--class-path", productPath(), "dev.npa.cli.Npa"));
    command.addAll(List.of(arguments));
    return start(command);
  }

  /// The tests run as a named module too, so their module path is the product's.
  private static String productPath() {
    return System.getProperty("jdk.module.path");
  }

  private static ChildJvm start(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new ChildJvm(process.waitFor(), output);
  }
}
