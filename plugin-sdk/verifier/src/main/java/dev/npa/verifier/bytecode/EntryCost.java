// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

/// What one call of an entry point can cost.
///
/// @param entryPoint its name; the constructor is `<init>`
/// @param bytecodes most bytecodes that one call executes; calls out of the plugin count as many as
///   take about as long (`@Cost` in the SDK)
/// @param metered whether the bound is enforced at run time: fuel, and twice what the code costs
///   between two charges; else it is proved
public record EntryCost(String entryPoint, long bytecodes, boolean metered) {}
