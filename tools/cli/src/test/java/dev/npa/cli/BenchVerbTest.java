// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bench itself takes 20 s: what it prints is tested with results made here.
final class BenchVerbTest {
  private static final List<BenchResult> RESULTS =
      List.of(
          new BenchResult(
              "passthrough", 64, new double[] {3e6, 1e6, 2e6}, 0.25, 6_000_000, 5_999_999),
          new BenchResult("emulated", 1518, new double[] {4e5, 2e5}, 0, 600_000, 600_000));

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
    "--frames, 1"
  })
  void callsAnOptionThatCannotBeAFaultOfUsage(String option, String value) {
    VerbRun run = VerbRun.of(new BenchVerb(), option + "=" + value);

    run.assertUsage("bench", option);
    run.assertUsage("bench", value);
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
  }

  @Test
  void printsOneJsonObjectWithAllResults() throws IOException {
    StringWriter out = new StringWriter();
    BenchResult.printJson(RESULTS, new PrintWriter(out));

    List<?> results = (List<?>) new VerbRun(ExitCode.OK, out.toString(), "").json().get("results");

    assertThat(results).hasSize(2);
    Map<?, ?> first = (Map<?, ?>) results.getFirst();
    assertThat(first.get("path")).isEqualTo("passthrough");
    assertThat(first.get("frameBytes")).isEqualTo(64L);
    assertThat(first.get("framesPerSecond")).isEqualTo(List.of(1e6, 2e6, 3e6));
    assertThat(first.get("median")).isEqualTo(2e6);
    assertThat(first.get("allocatedPerFrame")).isEqualTo(0.25);
    assertThat(first.get("sent")).isEqualTo(6_000_000L);
    assertThat(first.get("delivered")).isEqualTo(5_999_999L);
    assertThat(((Map<?, ?>) results.getLast()).get("median")).isEqualTo(3e5);
  }

  @Test
  void endsItsTableWithWhatItsColumnsMean() {
    StringWriter out = new StringWriter();
    BenchResult.printTable(RESULTS, new PrintWriter(out));

    assertThat(out.toString().lines())
        .contains(
            "passthrough      64      2.00      1.00      3.00       1.3        0.250           1")
        .last()
        .asString()
        .startsWith("Mpps: delivered to guest 2, median of 3 runs of 1 s.");
  }
}
