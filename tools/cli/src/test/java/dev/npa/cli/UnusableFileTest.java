// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.check.CheckVerb;
import dev.npa.cli.licence.LicenceVerbs;
import dev.npa.cli.packages.DiffVerb;
import dev.npa.cli.packages.InspectVerb;
import dev.npa.cli.source.SourceVerbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every verb that reads a package, without any trust, on what is none.
final class UnusableFileTest {
  private static final long SEED = 20261123;

  @TempDir private Path dir;

  /// A verb, as its words joined.
  enum Reader {
    CHECK,
    INSPECT,
    DIFF,
    LICENCE_SHOW,
    LICENCE_CHECK,
    LICENCE_NOTICE,
    LICENCE_IDENTIFY,
    SOURCE_VERIFY;

    private Verb verb() {
      return switch (this) {
        case CHECK -> new CheckVerb();
        case INSPECT -> new InspectVerb();
        case DIFF -> new DiffVerb();
        case LICENCE_SHOW, LICENCE_CHECK, LICENCE_NOTICE, LICENCE_IDENTIFY -> LicenceVerbs.group();
        case SOURCE_VERIFY -> SourceVerbs.group();
      };
    }

    /// What stands between the verb and the file: the member of a group.
    private Stream<String> member() {
      return Stream.of(name().toLowerCase(Locale.ROOT).split("_", -1)).skip(1);
    }

    VerbRun run(Path file, String... options) {
      Stream<String> files = Stream.of(file.toString());
      Stream<String> again = this == DIFF ? Stream.of(file.toString()) : Stream.of();
      return VerbRun.of(
          verb(),
          Stream.of(member(), files, again, Arrays.stream(options))
              .flatMap(part -> part)
              .toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesWhatCannotBeRead(Reader reader) throws IOException {
    Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), Path.of("nowhere"));

    reader.run(dir.resolve("missing.jar")).assertFailure("missing.jar: no such file");
    reader.run(dangling).assertFailure("dangling: a link that leads nowhere");
    reader.run(Files.createDirectory(dir.resolve("a"))).assertFailure(dir.resolve("a") + ": ");
    reader.run(Path.of("a\u001b[31m")).assertFailure("\\u001b[31m: no such file");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CHECK", "LICENCE_IDENTIFY"})
  void refusesWhatIsNoPackage(Reader reader) throws IOException {
    byte[] random = new byte[10_000];
    new Random(SEED).nextBytes(random);

    for (byte[] bytes : List.of(new byte[0], new byte[] {'P', 'K'}, random)) {
      assertRefused(reader.run(Files.write(dir.resolve("x.jar"), bytes)), "NPA-P001");
    }
    assertRefused(reader.run(Path.of("/dev/zero")), "NPA-P002");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECK", "LICENCE_IDENTIFY"})
  void readsNothingWithoutEnd(Reader reader) {
    reader.run(Path.of("/dev/zero")).assertFailure("/dev/zero: more than ");
  }

  @ParameterizedTest
  @EnumSource(names = {"INSPECT", "DIFF", "LICENCE_SHOW", "LICENCE_CHECK", "SOURCE_VERIFY"})
  void refusesInJsonWhoeverAsksForJson(Reader reader) throws IOException {
    VerbRun run = reader.run(Files.createFile(dir.resolve("empty.jar")), "--output", "json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.json().get("verdict")).isEqualTo("refused");
    assertThat(run.json().get("refusals").toString()).contains("rule=NPA-P001");
  }

  @Test
  void saysWhatIsNoDirectoryOfSources() throws IOException {
    Path file = Files.writeString(dir.resolve("A.java"), "class A {}");
    String empty = Files.createDirectory(dir.resolve("empty")).toString();

    headers(file.toString()).assertFailure("A.java: is a file, not a directory");
    headers(dir.resolve("missing").toString()).assertFailure("missing: no such directory");
    headers(empty).assertFailure("no source files below it");
  }

  private static VerbRun headers(String directory) {
    return VerbRun.of(LicenceVerbs.group(), "headers", directory);
  }

  private static void assertRefused(VerbRun run, String rule) {
    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out()).startsWith("error[" + rule + "]: ").contains("  --> package\n");
    assertThat(run.err()).isEmpty();
  }
}
