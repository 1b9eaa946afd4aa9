// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.region.LoadedPlugin;
import dev.npa.verifier.Admission;
import dev.npa.verifier.Gate;
import dev.npa.verifier.LicensedPlugin;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.TrustInForce;
import java.util.List;

/// The gate and the loading behind it, as the mode switch sees them.
///
/// A gate of one method is one whose trust never changes.
@FunctionalInterface
interface PluginGate {

  /// A plugin in a region of its own, or why not.
  record Answer(Verdict<LoadedPlugin> verdict, List<StageTiming> timings) {}

  /// Called off the vCPU thread.
  Answer examine(byte[] packageBytes);

  /// Why a package that was accepted would be refused by now; empty if it would not. Called off the
  /// vCPU thread.
  default List<Refusal> objections(byte[] packageBytes) {
    return List.of();
  }

  /// Changes whenever the answers may have changed. Read in every poll.
  default long edition() {
    return 0;
  }

  /// The one gate, with this guest's own trust.
  static PluginGate trusting(TrustInForce trust) {
    return new PluginGate() {
      @Override
      public Answer examine(byte[] packageBytes) {
        Admission admission = Gate.admit(packageBytes, trust.trust(), trust.now());
        return new Answer(
            admission.verdict().then(verified -> Verdict.accepted(LoadedPlugin.load(verified))),
            admission.timings());
      }

      @Override
      public List<Refusal> objections(byte[] packageBytes) {
        return switch (Gate.recheck(packageBytes, trust.trust(), trust.now())) {
          case Verdict.Accepted<LicensedPlugin> _ -> List.of();
          case Verdict.Refused<LicensedPlugin>(List<Refusal> refusals) -> refusals;
        };
      }

      @Override
      public long edition() {
        return trust.edition();
      }
    };
  }
}
