// SPDX-License-Identifier: MIT
package dev.npa.shell;

import java.util.Optional;

/// One run of the gate, off the vCPU thread. Traffic goes on meanwhile.
final class Examination implements Runnable {
  private final PluginGate gate;
  private final byte[] packageBytes;
  private final Runnable whenDone;
  private final long edition;
  private volatile Optional<PluginGate.Answer> answer = Optional.empty();
  private volatile String failure = "";
  private volatile boolean done;

  Examination(PluginGate gate, byte[] packageBytes, Runnable whenDone) {
    this.gate = gate;
    this.packageBytes = packageBytes;
    this.whenDone = whenDone;
    this.edition = gate.edition();
  }

  @Override
  public void run() {
    try {
      answer = Optional.of(gate.examine(packageBytes));
    } catch (RuntimeException | Error e) {
      failure = "the gate failed: " + e; // A gate that cannot decide refuses.
    }
    done = true;
    whenDone.run();
  }

  boolean isDone() {
    return done;
  }

  /// The gate's edition before it was asked.
  long edition() {
    return edition;
  }

  /// Empty if the gate failed: then [#failure] says how.
  Optional<PluginGate.Answer> answer() {
    return answer;
  }

  String failure() {
    return failure;
  }
}
