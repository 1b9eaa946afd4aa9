// SPDX-License-Identifier: MIT
package dev.npa.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.bench.QuickResult;
import dev.npa.bench.Sample;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import dev.npa.cli.ExitCode;
import dev.npa.cli.TestImage;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bench itself takes longer than a test may: tools/bench tests what it measures, here it is
/// how it is asked and what it prints.
final class BenchVerbTest {
  private static final List<QuickResult> RESULTS =
      List.of(
          new QuickResult("passthrough", 64, new Sample(new double[] {3e6, 1e6, 2e6}), 0.25, 1),
          new QuickResult("emulated", 1518, new Sample(new double[] {4e5, 2e5}), 0, 0));

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "--runs, 0",
    "--runs, -1",
    "--runs, 3601",
    "--runs, 2147483647",
    "--runs, 2147483648",
    "--runs, five",
    "--output, csv",
    "--out, somewhere",
    "--frames, 1"
  })
  void callsAnOptionThatCannotBeAFaultOfUsage(String option, String value) {
    VerbRun run = VerbRun.of(new BenchVerb(), option + "=" + value);

    run.assertUsage("bench", option);
    run.assertUsage("bench", value);
  }

  @Test
  void callsOptionsThatDoNotGoTogetherAFaultOfUsage() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    VerbRun.of(new BenchVerb(), "--peers").assertUsage("bench", "--peers");
    VerbRun.of(new BenchVerb(), "--full", "--runs=3").assertUsage("bench", "--runs");
    VerbRun.of(new BenchVerb(), "--full", "--out=" + file).assertUsage("bench", "is a file");
  }

  @Test
  void failsWithoutAnImageOrAPluginInIt() {
    try {
      TestImage.use(dir);
      VerbRun.of(new BenchVerb())
          .assertFailure(dir.resolve("plugins").resolve("npa-kawela.jar") + ": no such file");
    } finally {
      TestImage.useNone();
    }
    VerbRun.of(new BenchVerb()).assertFailure("run tools/npa");
    VerbRun.of(new BenchVerb(), "--full").assertFailure("run tools/npa");
  }

  @Test
  void printsOneJsonObjectWithAllResults() throws IOException {
    StringWriter out = new StringWriter();
    BenchJson.quick(RESULTS, new PrintWriter(out));

    List<?> results = (List<?>) new VerbRun(ExitCode.OK, out.toString(), "").json().get("results");

    assertThat(results).hasSize(2);
    Map<?, ?> first = (Map<?, ?>) results.getFirst();
    assertThat(first.get("path")).isEqualTo("passthrough");
    assertThat(first.get("frameBytes")).isEqualTo(64L);
    assertThat(first.get("framesPerSecond")).isEqualTo(List.of(3e6, 1e6, 2e6));
    assertThat(first.get("median")).isEqualTo(2e6);
    assertThat(first.get("allocatedPerFrame")).isEqualTo(0.25);
    assertThat(first.get("lost")).isEqualTo(1L);
    assertThat(((Map<?, ?>) results.getLast()).get("median")).isEqualTo(3e5);
  }

  @Test
  void printsTablesAsJsonWithAMemberPerColumn() throws IOException {
    StringWriter out = new StringWriter();
    BenchJson.full(
        List.of(
            new Table(
                "bursts",
                "Bursts",
                List.of("burst", "Mpps"),
                List.of(List.of(Cell.of("32"), Cell.of(12.345678, 2))),
                List.of("a note"))),
        new PrintWriter(out));

    Map<?, ?> bursts =
        (Map<?, ?>) new VerbRun(ExitCode.OK, out.toString(), "").json().get("bursts");

    assertThat(bursts.get("title")).isEqualTo("Bursts");
    assertThat(bursts.get("rows")).isEqualTo(List.of(Map.of("burst", "32", "Mpps", 12.345678)));
    assertThat(bursts.get("notes")).isEqualTo(List.of("a note"));
  }

  @Test
  void endsItsTableWithWhatItsColumnsMean() {
    StringWriter out = new StringWriter();
    QuickResult.printTable(RESULTS, new PrintWriter(out));

    assertThat(out.toString().lines())
        .contains(
            "passthrough      64      2.00      1.00      3.00       1.3        0.250           1")
        .last()
        .asString()
        .startsWith("Mpps: delivered to guest 2, median of 3 runs of 1 s.");
  }
}
