// SPDX-License-Identifier: MIT

/// How vendor code is loaded: a class loader and module of its own for each virtual function.
///
/// Invariants:
/// - A class is defined only from bytes that the verifier vouches for
///   ([dev.npa.verifier.VerifiedPlugin]).
/// - Names resolve to the plugin's own classes and to a fixed list, to nothing else.
/// - Nothing outside keeps a region alive once its path is dropped.
package dev.npa.shell.region;
