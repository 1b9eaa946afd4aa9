// SPDX-License-Identifier: MIT

/// The first stage: finds the signature block from the end of the bytes, without reading the
/// archive, and checks it: every signature must hold ([dev.npa.verifier.cms.SignerCheck]), be by
/// someone who is trusted for what it says ([SignerJudgement]), and together they must be the set
/// that the policy wants ([PackageSignatures]). Its result is [dev.npa.verifier.SignedPlugin].
package dev.npa.verifier.signature;
