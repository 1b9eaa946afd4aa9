// SPDX-License-Identifier: MIT

/// Plots as SVG and PNG. Entry: [dev.npa.bench.plot.Plot].
package dev.npa.bench.plot;
