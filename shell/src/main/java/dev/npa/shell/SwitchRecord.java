// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import java.util.List;

/// One attempt to change the path, with what it took.
///
/// @param outcome how it ended
/// @param steps what was done, in order, with its duration
/// @param gateTimings the gate's stages that ran, with their durations; empty if it was not asked
/// @param refusals why the gate refused the package; empty unless [Outcome#REFUSED] or
///   [Outcome#RECALLED]
/// @param detail what went wrong, or empty
/// @param books what became of the frames of the function that ended
/// @param heldNanos how long frames of the stack had to wait
public record SwitchRecord(
    Outcome outcome,
    List<Step> steps,
    List<StageTiming> gateTimings,
    List<Refusal> refusals,
    String detail,
    Reconciliation books,
    long heldNanos) {

  /// How an attempt ended.
  public enum Outcome {
    /// The virtual function is in use.
    TO_PASSTHROUGH,
    /// The hypervisor took the virtual function back.
    TO_EMULATED,
    /// The package did not pass the gate; nothing changed.
    REFUSED,
    /// The guest's trust has changed and refuses the plugin that ran; back in emulated mode.
    RECALLED,
    /// The plugin declined the device, or could not set up its rings; back in emulated mode.
    DECLINED,
    /// The hypervisor withdrew the offer, or did not go on; back in emulated mode.
    WITHDRAWN,
    /// The plugin faulted, while it started or ran; the guest is back in emulated mode.
    FAULTED
  }

  /// Frames that the old path had taken and the new one sends again.
  public int framesResent() {
    return books.resent();
  }

  /// @param name what was done
  public record Step(String name, long nanos) {}
}
