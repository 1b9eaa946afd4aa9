// SPDX-License-Identifier: MIT

/// From verified trees to the bytes that run. What it inserts is checked again by the rules
/// `UnmeteredLoop`, `FuelDiscipline` and `UnmeteredAllocation`, so it need not be trusted.
package dev.npa.verifier.bytecode.rewrite;
