// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/// What a figure was measured on.
///
/// @param load others' work: running threads on average over the last minute, before the first run
record Machine(String cpu, int cores, String system, String jvm, LocalDate date, double load) {
  static Machine here() throws IOException {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        LocalDate.now(ZoneOffset.UTC),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String cpuName() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /// One line for a plot.
  String line() {
    return "%s, %d cores, %s, JDK %s, %s; tools/npa bench --full"
        .formatted(cpu, cores, system, Runtime.version().feature(), date);
  }

  Table table() {
    return new Table(
        "machine",
        "Machine",
        List.of("what", "is"),
        List.of(
            row("processor", cpu + ", " + cores + " cores"),
            row("system", system),
            row("JVM", jvm),
            row("date", date.toString()),
            row("load average before", String.format(Locale.ROOT, "%.2f", load))),
        List.of());
  }

  private static List<Cell> row(String what, String is) {
    return List.of(Cell.of(what), Cell.of(is));
  }
}
