// SPDX-License-Identifier: MIT

/// Cryptographic messages: DER, CMS SignedData, certificate paths. What is well-formed and holds;
/// who is trusted, and for what, is decided elsewhere. Nothing of this leaves the module.
package dev.npa.verifier.cms;
