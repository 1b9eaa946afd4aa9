// SPDX-License-Identifier: MIT
package dev.npa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.bench.load.Throughput;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every rung of the ladder, really run, for an instant each. That no frame is lost is asserted;
/// how fast they are is not, on a busy machine an instant may see none.
final class FullBenchTest {
  @TempDir static Path image;

  @TempDir Path out;

  @BeforeAll
  static void makeImage() throws IOException {
    TestImage.in(image);
  }

  @Test
  void runsEveryRungAndWritesWhatItFound() throws Exception {
    List<String> progress = new ArrayList<>();
    List<Table> list = new FullBench(BenchPlan.smoke(image), progress::add).run(Optional.of(out));
    Map<String, Table> tables =
        list.stream().collect(Collectors.toMap(Table::id, Function.identity()));

    assertThat(tables)
        .containsKeys(
            "machine",
            "throughput",
            "c",
            "latency",
            "loss-free",
            "bursts",
            "functions",
            "rings",
            "vendors",
            "soak");
    assertThat(tables.get("throughput").rows()).hasSize(2 * 2 * (8 + 2));
    for (String id : List.of("throughput", "bursts", "functions", "rings")) {
      assertThat(column(tables.get(id), "lost")).as(id).allMatch(lost -> lost == 0);
    }
    for (String id : tables.keySet()) {
      assertThat(out.resolve(id + ".csv")).isNotEmptyFile();
    }
    for (String plot : List.of("throughput-over-size", "latency-over-load")) {
      assertThat(out.resolve(plot + ".svg")).isNotEmptyFile();
      assertThat(out.resolve(plot + ".png")).isNotEmptyFile();
    }
    assertThat(progress).isNotEmpty();
  }

  @Test
  void hasAQuickForm() throws Exception {
    Throughput.Pace instant = new Throughput.Pace(Duration.ofMillis(100), Duration.ofMillis(50), 2);

    List<QuickResult> results = new QuickBench(image, instant).run();

    assertThat(results.stream().map(r -> r.path() + " " + r.frameBytes()))
        .containsExactly("passthrough 64", "passthrough 1518", "emulated 64", "emulated 1518");
    assertThat(results).allMatch(result -> result.lost() == 0);
  }

  private static List<Double> column(Table table, String name) {
    int index = table.columns().indexOf(name);
    return table.rows().stream()
        .map(row -> row.get(index))
        .map(Cell.Number.class::cast)
        .map(Cell.Number::value)
        .toList();
  }
}
