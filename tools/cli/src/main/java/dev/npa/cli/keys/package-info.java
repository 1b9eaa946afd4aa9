// SPDX-License-Identifier: MIT

/// `npa keys`: a vendor's signing keys.
///
/// Entry types are `keys` for the command and {@link dev.npa.cli.keys.KeyOption} for verbs that
/// sign. A private key is in a PKCS#12 file that its owner alone can read, or in a PKCS#11 token; a
/// password comes from a file, the environment or the terminal, never from the command line, where
/// every process can read it.
package dev.npa.cli.keys;
