// SPDX-License-Identifier: MIT

/// `npa build`, `sign`, `countersign`, `verify`, `inspect` and `diff`: plugin packages as files.
///
/// The verbs read options and files and print; what a package is, and whether it is accepted, is
/// said by `dev.npa.verifier` alone. No class of a package is ever loaded here.
package dev.npa.cli.packages;
