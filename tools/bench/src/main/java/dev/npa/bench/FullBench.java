// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.Rig;
import dev.npa.bench.peer.HugePages;
import dev.npa.bench.plot.PngWriter;
import dev.npa.bench.plot.SvgWriter;
import dev.npa.bench.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Everything that is measured, in one run.
public final class FullBench {
  private final BenchPlan plan;
  private final Consumer<String> progress;

  /// @param progress is told what is measured next
  public FullBench(BenchPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /// @param out a directory for CSV, SVG and PNG files; made if it is not there
  /// @throws IOException if the environment lacks something; says what
  public List<Table> run(Optional<Path> out) throws IOException, GeneralSecurityException {
    if (plan.peers()) {
      Optional<String> missing = HugePages.missing();
      if (missing.isPresent()) {
        throw new IOException(missing.get());
      }
    }
    if (out.isPresent()) {
      Files.createDirectories(out.get()); // Before minutes are spent.
    }
    Rig.Maker rigs = new Rig.Maker(plan.image());
    Sweep sweep = new Sweep(plan, rigs, progress);
    Delay delay = new Delay(plan, rigs, progress);
    Beside beside = new Beside(plan, rigs, progress);
    List<Table> tables = new ArrayList<>();
    Machine machine = Machine.here();
    tables.add(machine.table());
    tables.add(sweep.sizes());
    tables.addAll(beside.c());
    if (plan.peers()) {
      tables.addAll(beside.peers());
    }
    tables.addAll(new Parts(plan, progress).measure(beside.floors()));
    tables.addAll(delay.measure());
    tables.add(sweep.bursts());
    tables.add(sweep.functions());
    tables.add(sweep.rings());
    tables.add(sweep.vendors());
    tables.add(delay.soak());
    if (out.isPresent()) {
      write(out.get(), tables, Plots.of(sweep, delay, machine));
    }
    return tables;
  }

  private static void write(Path out, List<Table> tables, List<Plots.Named> plots)
      throws IOException {
    for (Table table : tables) {
      Files.writeString(out.resolve(table.id() + ".csv"), table.csv());
    }
    for (Plots.Named named : plots) {
      Files.writeString(out.resolve(named.name() + ".svg"), SvgWriter.write(named.plot()));
      PngWriter.write(named.plot(), out.resolve(named.name() + ".png"));
    }
  }
}
