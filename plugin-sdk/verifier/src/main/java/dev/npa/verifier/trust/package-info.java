// SPDX-License-Identifier: MIT

/// Whom the party that runs the gate trusts. Nothing in a package can add to it.
package dev.npa.verifier.trust;
