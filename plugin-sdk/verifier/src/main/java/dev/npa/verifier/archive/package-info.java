// SPDX-License-Identifier: MIT

/// The second stage: profile NPA-ZIP-1 and the manifest, read once from the bytes that were signed.
/// Its result is [dev.npa.verifier.PluginArchive].
package dev.npa.verifier.archive;
