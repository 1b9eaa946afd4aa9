// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.shell.PathStatistics;
import dev.npa.shell.SwitchRecord;
import dev.npa.testbed.Flow;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import java.util.List;
import java.util.Map;

/// Everything the demo has found out.
record DemoReport(
    String capture,
    int framesReplayed,
    Map<String, Integer> leftOut,
    List<Direction> directions,
    List<GuestPaths> guests,
    Map<ModeThroughput.Paths, ModeThroughput.Share> throughput,
    List<StageTiming> gate,
    List<RefusedPackage> refused,
    List<SwitchRecord> switches,
    String macChange,
    List<String> failures) {

  /// @param name `guest-1 -> guest-2`
  /// @param emulated what became of the frames that the sender's driver took in emulated mode
  /// @param passthrough the same in passthrough
  /// @param tally both together
  record Direction(String name, Flow.Tally emulated, Flow.Tally passthrough, Flow.Tally tally) {
    Direction(String name, Flow flow) {
      this(name, flow.tally(Flow.Path.EMULATED), flow.tally(Flow.Path.PASSTHROUGH), flow.tally());
    }
  }

  /// How many of a guest's frames went which way.
  record GuestPaths(
      String name, PathStatistics emulated, PathStatistics passthrough, long framesResent) {}

  /// @param byStore why the hypervisor's store refused the package
  /// @param byShell why the guest's shell refused it, after it was injected all the same
  /// @param framesMeanwhile frames delivered between the two guests in the meantime
  record RefusedPackage(
      String what, List<Refusal> byStore, List<Refusal> byShell, long framesMeanwhile) {}

  boolean perfect() {
    return failures.isEmpty()
        && directions.stream().allMatch(direction -> direction.tally().perfect());
  }
}
