// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.List;

/// What the gate says about one package, and how long it took to say so.
///
/// @param timings the stages that ran, in order; the last one is where a refusal came from
public record Admission(Verdict<VerifiedPlugin> verdict, List<StageTiming> timings) {
  public Admission {
    timings = List.copyOf(timings);
  }
}
