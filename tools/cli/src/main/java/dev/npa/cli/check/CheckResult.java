// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import java.util.List;
import java.util.Optional;

/// What the gate said about a candidate.
///
/// @param entryClass internal name; empty if there is none
/// @param report what is proved, if the bytecode is accepted
/// @param extent how much was examined
/// @param traces what is known before each instruction, if that was asked for
record CheckResult(
    Candidate candidate,
    String entryClass,
    List<Refusal> refusals,
    Optional<Report> report,
    Extent extent,
    List<MethodTrace> traces,
    long nanos) {

  boolean accepted() {
    return refusals.isEmpty();
  }

  int places() {
    return refusals.stream().mapToInt(refusal -> refusal.evidence().places()).sum();
  }
}
