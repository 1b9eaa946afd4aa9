// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import dev.npa.verifier.bytecode.Survey;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the gate.
final class Check {
  private Check() {}

  /// @param entryClass internal name; empty if there is none, which the gate refuses
  static CheckResult of(Candidate candidate, String entryClass, boolean trace) {
    long start = System.nanoTime();
    List<Refusal> refusals = new ArrayList<>(candidate.structure());
    Optional<Report> report = Optional.empty();
    switch (BytecodeGate.verify(candidate.classes(), entryClass)) {
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) ->
          report = Optional.of(verified.report());
      case Verdict.Refused<VerifiedClasses>(List<Refusal> found) ->
          refusals.addAll(
              Survey.isNeeded(candidate.classes())
                  ? Survey.of(candidate.classes(), entryClass)
                  : found);
    }
    long nanos = System.nanoTime() - start;
    List<MethodTrace> traces =
        trace && !Survey.isNeeded(candidate.classes())
            ? BytecodeGate.trace(candidate.classes(), entryClass)
            : List.of();
    Extent extent =
        report
            .map(r -> new Extent(r.classes(), r.methods(), r.instructions()))
            .orElseGet(() -> Extent.of(candidate.classes().values()));
    return new CheckResult(candidate, entryClass, refusals, report, extent, traces, nanos);
  }
}
