// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

/// What one call of an entry point can cost.
///
/// @param entryPoint its name; the constructor is `<init>`
/// @param bytecodes most bytecodes that one call executes; calls out of the plugin count as many as
///   take about as long (`@Cost` in the SDK)
/// @param metered whether the bound is enforced at run time: fuel, and twice what the code costs
///   between two charges; else it is proved
/// @param provedSafe instructions, in it and all that it calls, that could throw (null, an index, a
///   length, a division, an argument of the SDK) and provably do not
/// @param checked those that may; the JVM checks each
public record EntryCost(
    String entryPoint, long bytecodes, boolean metered, int provedSafe, int checked) {

  /// Whether no call of it can fault, but for fuel if it is metered.
  public boolean cannotFault() {
    return checked == 0;
  }
}
