// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    assertThat(lines).filteredOn(line -> line.startsWith("error[")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.startsWith("19 |")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("= path:")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("= explain:")).hasSize(1);
    assertThat(String.join(" ", lines).replaceAll(" +", " "))
        .contains("= and: error[NPA-B010]: class java.lang.System; log with ShellApi.log")
        .contains("class java.lang.Thread", "use plain fields: one thread at a time calls a plugin")
        .contains("java.lang.Integer.valueOf", "use the primitive type, not Integer");
    assertThat(lines.getLast()).startsWith("refused: ").contains("1 cause in ");
  }

  @Test
  void saysWhatWasKnownAndWhatIsAllocated() throws IOException {
    VerbRun run = check(VendorProject.allocating(dir).classes());

    assertThat(run.out())
        .startsWith("error[NPA-B035]: ")
        .contains(" 1 |   newarray byte\n")
        .contains("   = state:   operand: int 0..15 = local 1\n");
  }

  @Test
  void saysOfEachEntryPointWhetherItCanFault() throws IOException {
    Path classes = VendorProject.honest(dir).classes();

    assertThat(check(classes).out())
        .containsPattern("cost +checkRxRing .* bytecodes a call, .*; (cannot fault|\\d+ of \\d+)");
    List<?> entries = (List<?>) check(classes, "--output", "json").json().get("entryPoints");
    assertThat(entries)
        .allSatisfy(
            entry ->
                assertThat(((Map<?, ?>) entry).get("cannotFault"))
                    .isEqualTo(((Map<?, ?>) entry).get("faultsChecked").equals(0L)));
  }

  @Test
  void tracesWhatIsKnownWhatCannotFaultAndWhatIsOutOfReach() throws IOException {
    VerbRun run = check(VendorProject.honest(dir).classes(), "--trace");

    assertThat(run.out()).contains("locals [", "; cannot fault", "fields [");
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

  @Test
  void namesWhatItLeavesOutOfAPlainJar() throws IOException {
    Map<String, byte[]> entries = classes(VendorProject.honest(dir).classes());
    entries.put("META-INF/MANIFEST.MF", new byte[0]);
    entries.put("META-INF/services/dev.npa.plugin.NpaPlugin", new byte[1]);
    entries.put("META-INF/versions/25/com/acme/XgPlugin.class", new byte[1]);
    entries.put("com/acme/Directory.class/", new byte[0]);
    entries.put("module-info.class", new byte[1]);
    Path jar = jar(entries);

    VerbRun run = check(jar);

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains(
            "note: not examined: META-INF/services/dev.npa.plugin.NpaPlugin,"
                + " META-INF/versions/25/com/acme/XgPlugin.class, com/acme/Directory.class/,"
                + " module-info.class\n");
    assertThat((List<?>) check(jar, "--output", "json").json().get("notExamined")).hasSize(4);
  }

  @Test
  void examinesNoJarWithTwoClassesOfOneName() throws IOException {
    Map<String, byte[]> entries = classes(VendorProject.honest(dir).classes());
    entries.put("com/acme/XgPlugiN.class", new byte[1]);
    Path jar = jar(entries);
    byte[] bytes = Files.readAllBytes(jar);
    String text = new String(bytes, ISO_8859_1).replace("XgPlugiN", "XgPlugin");
    Files.write(jar, text.getBytes(ISO_8859_1));

    check(jar).assertFailure("two entries named com/acme/XgPlugin.class");
  }

  @Test
  void readsNoMoreOfAClassThanTheGateTakes() throws IOException {
    Map<String, byte[]> entries = classes(VendorProject.honest(dir).classes());
    entries.put("com/acme/Zeros.class", new byte[64 << 20]);

    VerbRun run = check(jar(entries));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).contains("error[NPA-B002]", "com.acme.Zeros");
  }

  @Test
  void unpacksNoJarThatIsMuchLargerInside() throws IOException {
    Map<String, byte[]> entries = classes(VendorProject.honest(dir).classes());
    for (int i = 0; i < 5; i++) {
      entries.put("zeros" + i, new byte[64 << 20]);
    }

    check(jar(entries)).assertFailure("unpacks to more than 268435456 bytes");
  }

  private static SortedMap<String, byte[]> classes(Path directory) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        classes.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return classes;
  }

  private Path jar(Map<String, byte[]> entries) throws IOException {
    Path jar = dir.resolve("plain.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return jar;
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
