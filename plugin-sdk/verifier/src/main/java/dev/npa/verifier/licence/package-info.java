// SPDX-License-Identifier: MIT

/// What licences say: the expression, the texts, who may be combined with whom.
///
/// Nothing here knows a signature or an archive; [dev.npa.verifier.LicensedPlugin] is the stage of
/// the trust chain that asks.
package dev.npa.verifier.licence;
