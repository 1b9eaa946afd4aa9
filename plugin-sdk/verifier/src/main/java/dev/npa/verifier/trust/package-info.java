// SPDX-License-Identifier: MIT

/// Whom the party that runs the gate trusts, decided offline: [Trust] holds its anchors, the
/// platform's signed [TrustBundle], keys the owner has enrolled, and its [TrustPolicy]. A
/// [TrustInForce] is how it changes while that party runs. Nothing in a package can add to it. A
/// [Holder] is what a certificate lets its holder sign.
package dev.npa.verifier.trust;
