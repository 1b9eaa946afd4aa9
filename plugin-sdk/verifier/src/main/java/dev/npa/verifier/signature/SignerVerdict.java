// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.PackageSignature;
import dev.npa.verifier.trust.Holder;
import java.security.cert.X509Certificate;
import java.util.List;

/// One signature that holds, by someone who is trusted for it.
///
/// @param holders what the certificates on the path let the signer sign: all of these limits apply
/// @param level what the signature alone makes of the package
record SignerVerdict(
    PackageSignature signature,
    List<X509Certificate> path,
    List<Holder> holders,
    AcceptanceLevel level) {}
