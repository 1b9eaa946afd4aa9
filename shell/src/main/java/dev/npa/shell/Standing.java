// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.verifier.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Whether the plugin in use would still be admitted: when the guest's trust changes, its package
/// is examined again beside the traffic.
///
/// As long as nothing changes, a look is one read.
final class Standing {
  private final PluginGate gate;
  private final Executor verifier;
  private final Runnable wake;
  private final byte[] packageBytes;
  private long judgedIn;
  private Optional<Question> question = Optional.empty();

  /// Why the plugin must go.
  ///
  /// @param refusals of the gate; empty if it failed
  /// @param detail in words
  record Objection(List<Refusal> refusals, String detail) {}

  /// One run of the gate, off the vCPU thread.
  private final class Question implements Runnable {
    private volatile Optional<Objection> objection = Optional.empty();
    private volatile boolean done;

    @Override
    public void run() {
      try {
        List<Refusal> refusals = gate.objections(packageBytes);
        if (!refusals.isEmpty()) {
          objection = Optional.of(new Objection(refusals, "this guest's trust has changed"));
        }
      } catch (RuntimeException | Error e) { // A gate that cannot decide refuses.
        objection = Optional.of(new Objection(List.of(), "the gate failed: " + e));
      }
      done = true;
      wake.run();
    }
  }

  /// @param wake called when the gate is done
  /// @param edition of the gate when it accepted the package, or before
  Standing(PluginGate gate, Executor verifier, Runnable wake, byte[] packageBytes, long edition) {
    this.gate = gate;
    this.verifier = verifier;
    this.wake = wake;
    this.packageBytes = packageBytes;
    this.judgedIn = edition;
  }

  /// Called once per poll.
  ///
  /// @return empty as long as nothing is known against the plugin
  Optional<Objection> look() {
    if (question.isPresent()) {
      return answer(question.get());
    }
    long edition = gate.edition();
    if (edition != judgedIn) {
      judgedIn = edition;
      Question asked = new Question();
      question = Optional.of(asked);
      verifier.execute(asked);
    }
    return Optional.empty();
  }

  private Optional<Objection> answer(Question asked) {
    if (!asked.done) {
      return Optional.empty();
    }
    question = Optional.empty(); // The next look sees whether the trust has changed again.
    return asked.objection;
  }
}
