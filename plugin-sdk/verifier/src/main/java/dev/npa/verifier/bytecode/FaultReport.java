// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.List;

/// Which instructions of one method provably do not throw.
///
/// @param owner internal name of the class
/// @param instructions all of them
/// @param provedSafe those that could throw (an array access, a field of an object, a division, a
///   call) and provably do not
/// @param checked indexes of those that may throw, in the code that runs; the JVM checks each
public record FaultReport(
    String owner,
    String name,
    String descriptor,
    int instructions,
    int provedSafe,
    List<Integer> checked) {

  public FaultReport {
    checked = List.copyOf(checked);
  }
}
