// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import java.util.List;

/// What became of one hostile plugin and of the traffic around it.
///
/// @param misdeed its name
/// @param ended whether the guest is back in emulation and the function in quarantine
/// @param fault why the plugin was ended
/// @param endedByHost whether the hypervisor noticed before the shell did
/// @param flows both directions, first the one that the hostile plugin's guest sent
/// @param resent frames sent again by emulation
/// @param dropped frames that devices or switch counted as dropped
/// @param lost frames that the plugin lost: told a lie about, or kept
/// @param unaccounted frames of which nobody knows what became
record Trial(
    String misdeed,
    boolean ended,
    String fault,
    boolean endedByHost,
    List<CountedFlow.Tally> flows,
    long resent,
    long dropped,
    long lost,
    long unaccounted) {

  boolean contained() {
    return ended && unaccounted == 0;
  }

  int sent() {
    return flows.stream().mapToInt(CountedFlow.Tally::sent).sum();
  }

  int arrived() {
    return flows.stream().mapToInt(CountedFlow.Tally::intact).sum();
  }

  int duplicated() {
    return flows.stream().mapToInt(CountedFlow.Tally::duplicated).sum();
  }

  int damaged() {
    return flows.stream().mapToInt(CountedFlow.Tally::damaged).sum();
  }

  /// Longest time in which nothing arrived in one of the directions: from the misdeed until traffic
  /// went on by emulation.
  long silenceNanos() {
    return flows.stream().mapToLong(CountedFlow.Tally::longestSilenceNanos).max().orElse(0);
  }
}
