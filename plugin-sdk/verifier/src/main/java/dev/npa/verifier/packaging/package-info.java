// SPDX-License-Identifier: MIT

/// The vendor's side of the package format: build a canonical package, sign it, make throwaway
/// keys.
///
/// Entry types are {@link PackageBuilder} and {@link PackageSigner}. Nothing here is part of the
/// gate; the gate trusts none of it.
package dev.npa.verifier.packaging;
