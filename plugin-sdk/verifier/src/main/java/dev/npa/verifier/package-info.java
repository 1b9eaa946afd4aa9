// SPDX-License-Identifier: MIT

/// The one gate between a vendor's package and the guest's driver, used alike on the vendor's
/// laptop, in the hypervisor and in the shell.
///
/// [Gate] runs all of it. Each stage makes the next type, which only it can make: [SignedPlugin],
/// [PluginArchive], [LicensedPlugin], [VerifiedPlugin]. Stages refuse, with a [RuleId] and a place;
/// none throws, whatever the bytes. [PackageFormat] draws the package.
package dev.npa.verifier;
