// SPDX-License-Identifier: MIT

/// How npa prints refusals: text, JSON members, SARIF.
package dev.npa.cli.refusals;
