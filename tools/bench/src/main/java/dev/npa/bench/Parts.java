// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.peer.ChildProcess;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The stages of a frame's way, and the plugin metered against the same plugin as its compiler left
/// it; measured by tools/jmh in a JVM of its own, which is not held by the sandbox's rules.
final class Parts {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final BenchPlan plan;
  private final Consumer<String> progress;

  /// @param kind `stage`, `pair` or `jmh`
  record Figure(String kind, String name, int frameBytes, double nanos) {}

  Parts(BenchPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /// Empty if the benchmarks of the parts are not there.
  List<Table> measure(Map<Integer, Beside.Floor> floors) throws IOException {
    if (plan.parts().isEmpty()) {
      return List.of();
    }
    progress.accept("stages, and metered against raw");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-XX:+UseG1GC",
            "-Dnpa.image=" + plan.image(),
            "-Djmh.ignoreLock=true",
            "--class-path",
            plan.parts().get() + "/*",
            "dev.npa.jmh.PartsMain",
            Long.toString(Math.max(200, plan.run().toMillis() * 20)),
            Integer.toString(plan.runs()),
            "true");
    try (ChildProcess child = new ChildProcess(command)) {
      return tables(parse(child.awaitEnd(LIMIT)), floors);
    }
  }

  static List<Figure> parse(String output) {
    List<Figure> figures = new ArrayList<>();
    for (String line : output.lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 4) { // what JMH says beside is not ours
        figures.add(
            new Figure(
                fields[0], fields[1], Integer.parseInt(fields[2]), Double.parseDouble(fields[3])));
      }
    }
    return figures;
  }

  static List<Table> tables(List<Figure> figures, Map<Integer, Beside.Floor> floors) {
    return List.of(stages(figures, floors), gate(figures));
  }

  private static Table stages(List<Figure> figures, Map<Integer, Beside.Floor> floors) {
    TreeSet<Integer> sizes = new TreeSet<>();
    Map<String, Map<Integer, Double>> stages = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.kind().equals("stage")) {
        sizes.add(figure.frameBytes());
        stages
            .computeIfAbsent(figure.name(), _ -> new LinkedHashMap<>())
            .put(figure.frameBytes(), figure.nanos());
        stages
            .computeIfAbsent("sum", _ -> new LinkedHashMap<>())
            .merge(figure.frameBytes(), figure.nanos(), Double::sum);
      }
    }
    Map<Integer, Double> sum = stages.remove("sum");
    if (sum != null) {
      stages.put("sum", sum);
    }
    List<String> columns = new ArrayList<>(List.of("stage"));
    sizes.forEach(size -> columns.addAll(List.of(size + " bytes", size + " floor")));
    List<List<Cell>> rows = new ArrayList<>();
    stages.forEach(
        (name, nanos) -> {
          List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
          for (int size : sizes) {
            row.add(Cell.of(nanos.getOrDefault(size, 0.0), 2));
            row.add(floor(name, Optional.ofNullable(floors.get(size))));
          }
          rows.add(row);
        });
    return new Table(
        "stages",
        "Nanoseconds per frame and stage, one thread, batches of 256",
        columns,
        rows,
        List.of(
            "Floor: of the copy, memcpy in C on such buffers; of the sum, the same shape in C on"
                + " one core.",
            "The medians of the batches: a batch that was interrupted does not count.",
            "Device stages are differences (forged source; receivers off), so a small one may come"
                + " out negative.",
            "The plugin's calls go through one more interface here, so that a clock fits in."));
  }

  /// Only the copy and the whole have one that is measured.
  private static Cell floor(String stage, Optional<Beside.Floor> floor) {
    return switch (stage) {
      case "copy" -> floor.map(f -> Cell.of(f.copyNanos(), 2)).orElse(Cell.of(""));
      case "sum" -> floor.map(f -> Cell.of(f.wholeNanos(), 2)).orElse(Cell.of(""));
      default -> Cell.of("");
    };
  }

  private static Table gate(List<Figure> figures) {
    List<List<Cell>> rows = new ArrayList<>();
    TreeSet<Integer> sizes = new TreeSet<>();
    figures.stream().filter(f -> f.kind().equals("pair")).forEach(f -> sizes.add(f.frameBytes()));
    for (int size : sizes) {
      Sample metered = rates(figures, "metered", size);
      Sample raw = rates(figures, "raw", size);
      rows.add(
          List.of(
              Cell.of(size),
              Cell.of(1e3 / metered.median(), 2),
              Cell.of(1e3 / raw.median(), 2),
              Cell.of(Ratio.of(metered, raw).text()),
              Cell.of(jmh(figures, "metered", size), 2),
              Cell.of(jmh(figures, "raw", size), 2)));
    }
    return new Table(
        "gate",
        "The sample plugin verified and metered, against the same classes without gate and meter",
        List.of(
            "bytes",
            "ns metered",
            "ns raw",
            "speed metered to raw",
            "JMH ns metered",
            "JMH ns raw"),
        rows,
        List.of(
            "One thread, bursts of 32 from stack to stack; runs alternate. JMH: 2 forks of 5"
                + " iterations."));
  }

  private static Sample rates(List<Figure> figures, String name, int size) {
    return new Sample(
        figures.stream()
            .filter(f -> f.kind().equals("pair") && f.name().equals(name) && f.frameBytes() == size)
            .mapToDouble(f -> 1e3 / f.nanos())
            .toArray());
  }

  private static double jmh(List<Figure> figures, String name, int size) {
    return figures.stream()
        .filter(f -> f.kind().equals("jmh") && f.name().equals(name) && f.frameBytes() == size)
        .mapToDouble(Figure::nanos)
        .findFirst()
        .orElse(0);
  }
}
