// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

final class NpaTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void showsItsVerbsWhenAskedForHelp() {
    assertThat(run(() -> ExitCode.OK, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Usage: npa").contains("try");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsHelpOfAVerb() {
    assertThat(run(() -> ExitCode.OK, "try", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Usage: npa try");
  }

  @Test
  void endsAsTheVerbEnds() {
    assertThat(run(() -> ExitCode.REFUSED, "try")).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void callsAMissingVerbAFaultOfUsage() {
    assertThat(run(() -> ExitCode.OK)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("npa: a command is missing\n");
  }

  @Test
  void runsTheMemberOfAGroup() {
    assertThat(run(() -> ExitCode.REFUSED, "group", "member")).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void callsAGroupWithoutMemberAFaultOfUsageAndListsTheMembers() {
    assertThat(run(() -> ExitCode.OK, "group")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("npa: a command is missing after group\nUsage: npa group")
        .contains("member");
  }

  @Test
  void knowsAVerbBehindAnOption() {
    assertThat(run(() -> ExitCode.OK, "--debug", "try")).isEqualTo(ExitCode.OK);
  }

  @Test
  void saysWhatAMistypedVerbIsLike() {
    assertThat(run(() -> ExitCode.OK, "grup", "member")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("grup").contains("Usage: npa");
  }

  @Test
  void namesEachVerbOfTheProductAsTheVerbDoes() {
    VerbTable.PRODUCT.all().forEach((name, verb) -> assertThat(verb.spec().name()).isEqualTo(name));
  }

  @Test
  void callsAnUnknownOptionAFaultOfUsage() {
    assertThat(run(() -> ExitCode.OK, "try", "--unknown")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--unknown").contains("Usage: npa try");
  }

  @Test
  void callsWhatTheVerbCannotUseAFaultOfUsage() {
    Work work =
        () -> {
          throw new UsageException("--frames: 0 is too few");
        };

    assertThat(run(work, "try")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("npa: --frames: 0 is too few\n");
  }

  @Test
  void tellsAFailureOfTheEnvironmentInOneLine() {
    assertThat(run(NpaTest::failToRead, "try")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).isEqualTo("npa: x.pcap: no such file\n");
  }

  @Test
  void printsAStackTraceWithDebugBeforeOrAfterTheVerb() {
    run(NpaTest::failToRead, "--debug", "try");
    run(NpaTest::failToRead, "try", "--debug");

    assertThat(err.toString().split("at .*failToRead", -1)).hasSize(3);
  }

  @Test
  void ownsUpToAFaultOfItsOwn() {
    Work work =
        () -> {
          throw new IllegalStateException("ring is torn");
        };

    assertThat(run(work, "try")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).isEqualTo("npa: this is a fault of npa: ring is torn\n");
  }

  /// An uncaught error would end the JVM with 1, which means refused.
  @Test
  void tellsOfAnErrorInOneLineToo() {
    List<Error> errors =
        List.of(
            new OutOfMemoryError("Java heap space"),
            new StackOverflowError(),
            new NoClassDefFoundError("a/b/C"));
    for (Error error : errors) {
      Work work =
          () -> {
            throw error;
          };
      assertThat(run(work, "try")).isEqualTo(ExitCode.ENVIRONMENT);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "npa: this is a fault of npa: out of memory: Java heap space",
            "npa: this is a fault of npa: out of stack",
            "npa: this is a fault of npa: a/b/C");
  }

  @Test
  void takesAnEmptyValueForNoDefault() {
    assertThat(run(() -> ExitCode.OK, "try", "--value", "")).isEqualTo(ExitCode.USAGE);
    assertThat(run(() -> ExitCode.OK, "try", "")).isEqualTo(ExitCode.USAGE);
    assertThat(run(() -> ExitCode.OK, "try", "--value=x", "y")).isEqualTo(ExitCode.OK);

    assertThat(err.toString().lines().filter(line -> line.startsWith("npa: ")))
        .containsExactly(
            "npa: --value is empty; give a value or leave it out", "npa: FILE is empty; name one");
  }

  @Test
  void aFailureIsAResultForMachinesToo() throws IOException {
    run(NpaTest::failToRead, "try", "--output", "json");
    assertThat(new VerbRun(ExitCode.OK, out.toString(), "").json())
        .isEqualTo(Map.of("verdict", "undecided", "error", "x.pcap: no such file", "exitCode", 3L));

    out.getBuffer().setLength(0);
    run(NpaTest::failToRead, "try", "--output", "text");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFileOfWhichJavaGivesTheNameOnly() {
    run(
        () -> {
          throw new NoSuchFileException("x.pcap");
        },
        "try");
    run(
        () -> {
          throw new UncheckedIOException(new AccessDeniedException("y.pcap"));
        },
        "try");

    assertThat(err.toString())
        .isEqualTo("npa: x.pcap: no such file\nnpa: y.pcap: permission denied\n");
  }

  private static ExitCode failToRead() throws IOException {
    throw new IOException("x.pcap: no such file");
  }

  private ExitCode run(Work work, String... arguments) {
    VerbTable verbs =
        new VerbTable(
            List.of(
                new VerbTable.Entry("try", () -> new Try("try", work)),
                new VerbTable.Entry(
                    "group", () -> new VerbGroup("group", "Verbs.", new Try("member", work)))));
    return new Npa(verbs, new PrintWriter(out, true), new PrintWriter(err, true)).run(arguments);
  }

  private interface Work {
    ExitCode run() throws IOException;
  }

  private record Try(String name, Work work) implements Verb {
    @Override
    public CommandSpec spec() {
      CommandSpec spec = CommandSpec.create().name(name);
      Options.positional(spec, "FILE", "0..1", "Any.");
      spec.addOption(Options.text("--value", "TEXT", "Any."));
      spec.addOption(Options.text("--output", "FORMAT", "Any."));
      return spec;
    }

    @Override
    public boolean runsVendorCode() {
      return false;
    }

    @Override
    public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
      return work.run();
    }
  }
}
