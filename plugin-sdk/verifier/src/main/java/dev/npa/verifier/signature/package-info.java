// SPDX-License-Identifier: MIT

/// The first stage: finds the signature block from the end of the bytes, without reading the
/// archive, and checks it. Its result is [dev.npa.verifier.SignedPlugin].
package dev.npa.verifier.signature;
