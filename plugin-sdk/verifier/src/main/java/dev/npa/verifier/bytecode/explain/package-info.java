// SPDX-License-Identifier: MIT

/// Adds to refusals what their reader wants to see: the instructions around the place and a
/// shortest way from an entry point to it. Decides nothing. Entry:
/// [dev.npa.verifier.bytecode.explain.Explainer].
package dev.npa.verifier.bytecode.explain;
