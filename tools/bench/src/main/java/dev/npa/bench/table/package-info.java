// SPDX-License-Identifier: MIT

/// Tables of results. Entry: [dev.npa.bench.table.Table].
///
/// Invariant: a table holds every figure in full; how many decimals are printed is the cell's.
package dev.npa.bench.table;
