// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the gate found in classes that it accepted, in the code that will run.
///
/// @param classes the plugin's, without the meter
/// @param instructions metering included
/// @param loops each loop, by class and method
/// @param entries what each entry point costs, the set-up path first
/// @param faults for each method which instructions cannot throw
/// @param nanos time the gate took
public record Report(
    int classes,
    int methods,
    int instructions,
    List<LoopReport> loops,
    List<EntryCost> entries,
    List<FaultReport> faults,
    long nanos) {

  public Report {
    loops = List.copyOf(loops);
    entries = List.copyOf(entries);
    faults = List.copyOf(faults);
  }

  /// Loops that count, which run unmetered.
  public int loopsProved() {
    return (int) loops.stream().filter(LoopReport::isProved).count();
  }

  /// Loops that pay fuel.
  public int loopsMetered() {
    return loops.size() - loopsProved();
  }

  /// For each entry point the most bytecodes that one call can execute.
  public SortedMap<String, Long> worstCaseBytecodes() {
    SortedMap<String, Long> worst = new TreeMap<>();
    entries.forEach(entry -> worst.put(entry.entryPoint(), entry.bytecodes()));
    return worst;
  }

  /// Instructions that could throw, and provably do not.
  public int provedSafe() {
    return faults.stream().mapToInt(FaultReport::provedSafe).sum();
  }

  /// Instructions that may throw, where the JVM checks.
  public int checked() {
    return faults.stream().mapToInt(method -> method.checked().size()).sum();
  }
}
