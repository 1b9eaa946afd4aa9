// SPDX-License-Identifier: MIT

/// The first stage: finds the signature block from the end of the bytes, without reading the
/// archive, and checks it: every signature must hold ([dev.npa.verifier.cms.SignerCheck]), be by
/// someone who is trusted for what it says ([SignerJudgement]), and together they must be the set
/// that the policy wants ([PackageSignatures]). Its result is [dev.npa.verifier.SignedPlugin].
///
/// How long a signer's certificate is valid is for its issuer to decide, and not limited here. The
/// 460 days that bind public authorities (CA/B Forum, CSC-31) shorten the time in which a stolen
/// key is of use to somebody whom nobody can reach; here the platform reaches every host that
/// decides, by a revocation in its next bundle, and a bundle that is out of date decides nothing.
/// An owner who enrolled a key of their own would only be made to do it again.
package dev.npa.verifier.signature;
