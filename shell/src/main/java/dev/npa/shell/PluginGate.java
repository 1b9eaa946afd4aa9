// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.region.LoadedPlugin;
import dev.npa.verifier.Admission;
import dev.npa.verifier.Gate;
import dev.npa.verifier.StageTiming;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.Trust;
import java.time.Instant;
import java.util.List;

/// The gate and the loading behind it, as the mode switch sees them. Called off the vCPU thread.
@FunctionalInterface
interface PluginGate {

  /// A plugin in a region of its own, or why not.
  record Answer(Verdict<LoadedPlugin> verdict, List<StageTiming> timings) {}

  Answer examine(byte[] packageBytes);

  /// The one gate, with this guest's own trust.
  static PluginGate trusting(Trust trust) {
    return packageBytes -> {
      Admission admission = Gate.admit(packageBytes, trust, Instant.now());
      return new Answer(
          admission.verdict().then(verified -> Verdict.accepted(LoadedPlugin.load(verified))),
          admission.timings());
    };
  }
}
