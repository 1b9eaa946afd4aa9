// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.SortedMap;

/// What the gate found in classes that it accepted.
///
/// @param classes the plugin's, without the meter
/// @param instructions as they run, metering included
/// @param loopsProved loops that count, which run unmetered
/// @param loopsMetered loops that pay fuel
/// @param worstCaseBytecodes for each entry point the most bytecodes that one call can execute; a
///   call into the SDK counts as 20
/// @param nanos time the gate took
public record Report(
    int classes,
    int methods,
    int instructions,
    int loopsProved,
    int loopsMetered,
    SortedMap<String, Long> worstCaseBytecodes,
    long nanos) {}
