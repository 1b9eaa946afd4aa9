// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.unsound;

import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.TestPlugins;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Makes each unsound edit on a copy of the gate, runs the gate's tests against the copy, and
/// prints which test found it: `mvn -P unsound -pl plugin-sdk/verifier -am process-test-classes`;
/// `-Dnpa.unsound=NAME,NAME` for some. Fails if one is not found.
final class UnsoundEdits {
  /// Those that judge the analyses and rules, quick ones first. The one that is said to find an
  /// edit comes before all, and once one has failed, the rest is not run.
  private static final List<String> TESTS =
      List.of(
          "value.ArithmeticTest",
          "world.AllowListTest",
          "LoopBoundsTest",
          "rule.OutputRulesTest",
          "MeteringTest",
          "RuleFixturesTest",
          "soundness.AliasesTest",
          "soundness.SoundnessTest");

  private UnsoundEdits() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Set<String> chosen = new TreeSet<>(List.of(System.getProperty("npa.unsound", "").split(",")));
    chosen.remove("");
    String already = withoutEdit();
    if (!already.isEmpty()) {
      throw new IllegalStateException("the gate as it is fails " + already);
    }
    int survivors = 0;
    int tried = 0;
    for (UnsoundEdit edit : UnsoundEdit.all()) {
      if (chosen.isEmpty() || chosen.contains(edit.name())) {
        String killer = killer(edit);
        System.out.printf("%-28s %s%n", edit.name(), killer.isEmpty() ? "SURVIVES" : killer);
        survivors += killer.isEmpty() ? 1 : 0;
        tried++;
      }
    }
    System.out.printf("%d of %d unsound edits found%n", tried - survivors, tried);
    if (survivors > 0 || tried == 0) {
      System.exit(1);
    }
  }

  /// The tests of the first class that fails on the edited gate; empty if none does.
  private static String killer(UnsoundEdit edit) throws IOException, InterruptedException {
    Path classes = Files.createTempDirectory("unsound");
    try {
      String against = edit.compile(classes, gate());
      if (!against.isEmpty() || edit.occurrences() != 1) {
        throw new IllegalStateException(edit.name() + " does not apply: " + against);
      }
      return failures(classes, edit.test());
    } finally {
      delete(classes);
    }
  }

  /// The control: what finds fault with the gate as it is says nothing about edits.
  private static String withoutEdit() throws IOException, InterruptedException {
    Path nothing = Files.createTempDirectory("sound");
    try {
      return failures(nothing, TESTS.getFirst());
    } finally {
      delete(nothing);
    }
  }

  private static String failures(Path edited, String first)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                edited + File.pathSeparator + gate(),
                FirstFailure.class.getName()));
    Stream.concat(Stream.of(first), TESTS.stream())
        .distinct()
        .forEach(test -> command.add("dev.npa.verifier.bytecode." + test));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (child.waitFor() != 0) {
      throw new IllegalStateException("the tests did not run: " + said);
    }
    return said.lines()
        .filter(line -> line.startsWith(FirstFailure.MARK))
        .map(line -> line.substring(FirstFailure.MARK.length()))
        .findFirst()
        .orElse("");
  }

  /// Where the gate, its tests and all that they need are: the class path of this process, or of
  /// the test run that asks.
  static String gate() {
    Set<String> path = new TreeSet<>();
    for (String property :
        List.of("java.class.path", "jdk.module.path", "surefire.test.class.path")) {
      path.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
    }
    path.add(location(BytecodeGate.class));
    path.add(location(TestPlugins.class));
    path.remove("");
    return String.join(File.pathSeparator, path);
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
