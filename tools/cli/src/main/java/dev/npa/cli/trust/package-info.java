// SPDX-License-Identifier: MIT

/// `npa trust` and `npa bundle`: whom the operator of a host believes.
///
/// Entry type is {@link dev.npa.cli.trust.TrustStore}, a directory that only its owner can change:
///
/// ```
/// platform.pem   roots of the platform; they vouch for the trust bundle
/// bundle.der     the latest signed trust bundle
/// serial         its serial number, which never goes back
/// enrolled/      roots that the owner added: what leads to them is of level community
/// timestamps/    roots of timestamp authorities that the owner added; for times alone
/// denied         packages that must not load here, one id and reason per line
/// lock           held by whoever changes or reads the store; empty
/// policy         optional: minimum-level = LEVEL, require = ALGORITHMS
/// ```
package dev.npa.cli.trust;
