// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import java.util.OptionalLong;

/// One loop of an accepted plugin.
///
/// @param owner internal name of the class
/// @param header index of the loop's first instruction in the code that runs
/// @param where the same with the source line, if the class file has it
/// @param rounds how often the header runs at most each time the loop is entered, if that is
///   proved; otherwise the loop is metered
/// @param reason why it is not proved; empty if it is
public record LoopReport(
    String owner,
    String name,
    String descriptor,
    int header,
    Location where,
    OptionalLong rounds,
    String reason) {

  public boolean isProved() {
    return rounds.isPresent();
  }
}
