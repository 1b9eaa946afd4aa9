// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `npa check` as its user runs it.
final class CheckVerbTest {
  @TempDir Path dir;

  @Test
  void acceptsADirectoryOfClassesAndSaysWhatACallCosts() throws IOException {
    VerbRun run = check(VendorProject.honest(dir).classes());

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("checkRxRing", "bytecodes a call");
    assertThat(run.out().lines().toList().getLast())
        .startsWith("accepted: ")
        .contains("(directory of classes)", "2 classes", "loops proved", "metered", " ms");
  }

  @Test
  void refusesAsACompilerWould() throws IOException {
    VendorProject project = VendorProject.hostile(dir);

    VerbRun run = check(project.classes(), "--source-root", project.sources().toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out().lines())
        .containsSubsequence(
            "error[NPA-B010]: a class outside the plugin and the allow-list is named:"
                + " class java.lang.Runtime",
            "  --> " + project.sources() + "/com/acme/XgPlugin.java:19",
            "      com.acme.XgPlugin.tune(int): instruction 1",
            "19 |         return depth + Runtime.getRuntime().availableProcessors();",
            " 1 |   invokestatic java/lang/Runtime.getRuntime ()Ljava/lang/Runtime;",
            "   = path:    XgPlugin.checkRxRing:13 -> XgPlugin.tune:19",
            "   = explain: npa explain NPA-B010");
    assertThat(run.out().lines().toList().getLast()).startsWith("refused: ").contains("1 cause");
  }

  @Test
  void showsALineOnceHoweverManyRulesItBreaks() throws IOException {
    VendorProject project = VendorProject.hostileThrice(dir);

    List<String> lines =
        check(project.classes(), "--source-root", project.sources().toString())
            .out()
            .lines()
            .toList();

    assertThat(lines)
        .filteredOn(line -> line.startsWith("error["))
        .hasSizeGreaterThan(2)
        .anyMatch(line -> line.endsWith("class java.lang.Thread"))
        .anyMatch(line -> line.endsWith("class java.lang.System"));
    assertThat(lines).filteredOn(line -> line.startsWith("19 |")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("= path:")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.endsWith("npa explain NPA-B010")).hasSize(1);
    assertThat(lines)
        .contains("   = help:    use plain fields: one thread at a time calls a plugin")
        .contains(
            "   = help:    log with ShellApi.log: a literal and one number; there is no clock");
  }

  @Test
  void saysWhatWasKnownAndWhatIsAllocated() throws IOException {
    VerbRun run = check(VendorProject.allocating(dir).classes());

    assertThat(run.out())
        .startsWith("error[NPA-B035]: ")
        .contains(" 1 |   newarray byte\n")
        .contains("   = state:   local 1: int 0..15; stack 0: int 0..15\n");
  }

  @Test
  void isPlainTextWithoutATerminal() throws IOException {
    assertThat(check(VendorProject.hostile(dir).classes()).out()).matches("[\\n -~]+");
  }

  @Test
  void printsTheSameEachTime() throws IOException {
    Path classes = VendorProject.hostile(dir).classes();

    assertThat(withoutTime(check(classes).out())).isEqualTo(withoutTime(check(classes).out()));
  }

  @Test
  void givesAllOfARefusalInJson() throws IOException {
    Map<?, ?> result = check(VendorProject.hostile(dir).classes(), "--output", "json").json();

    assertThat(result.get("verdict")).isEqualTo("refused");
    Map<?, ?> refusal = (Map<?, ?>) ((List<?>) result.get("refusals")).getFirst();
    assertThat(refusal.get("rule")).isEqualTo("NPA-B010");
    assertThat((Map<?, ?>) refusal.get("location")).extracting("line").isEqualTo(19L);
    assertThat((List<?>) refusal.get("callPath")).hasSize(2);
    assertThat((List<?>) refusal.get("code")).isNotEmpty();
  }

  @Test
  void namesTheEntryClassThatItFound() throws IOException {
    Map<?, ?> result = check(VendorProject.honest(dir).classes(), "--output", "json").json();

    assertThat(result.get("verdict")).isEqualTo("accepted");
    assertThat(result.get("entryClass")).isEqualTo("com.acme.XgPlugin");
  }

  @Test
  void surveysALibraryRuleByRule() throws IOException {
    Path library = copyOfJavaUtil(dir.resolve("library"));

    VerbRun run = check(library);

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .contains("NPA-B002", "classes > 64", "NPA-B006", "NPA-B010", "NPA-B017", "NPA-B027")
        .contains("no class implements dev.npa.plugin.NpaPlugin");
    assertThat(run.out().lines().filter(line -> line.startsWith("error[NPA-B010]"))).hasSize(1);
    assertThat(run.out().lines()).as("still readable").hasSizeLessThan(600);
  }

  @Test
  void callsWhatItCannotUseAFaultOfUsage() throws IOException {
    Path classes = VendorProject.honest(dir).classes();

    check(classes, "--output", "xml").assertUsage("check", "xml");
    check(classes, "--color", "always").assertUsage("check", "always");
    check(classes, "--entry", "com.acme.Missing").assertUsage("check", "com.acme.Missing");
    check(classes, "--source-root", "no/such/dir").assertUsage("check", "no/such/dir");
  }

  @Test
  void callsWhatItCannotReadAFailure() throws IOException {
    check(dir.resolve("missing.jar")).assertFailure("missing.jar: no such file");
    check(Files.createDirectory(dir.resolve("empty"))).assertFailure("no class files below it");
    Path text = Files.writeString(dir.resolve("text.jar"), "no JAR at all");
    check(text).assertFailure("not a plugin package, and not a JAR");
  }

  private static VerbRun check(Path path, String... options) {
    return VerbRun.of(
        new CheckVerb(),
        Stream.concat(Stream.of(path.toString()), Stream.of(options)).toArray(String[]::new));
  }

  private static String withoutTime(String output) {
    return output.replaceAll("\\d+ ms", "");
  }

  /// Some hundred ordinary classes that every JDK has.
  private static Path copyOfJavaUtil(Path to) throws IOException {
    Path from =
        FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util");
    try (Stream<Path> files = Files.list(from)) {
      Path target = Files.createDirectories(to.resolve("java/util"));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return to;
  }
}
