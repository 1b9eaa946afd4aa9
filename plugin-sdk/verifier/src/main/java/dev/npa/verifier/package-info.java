// SPDX-License-Identifier: MIT

/// The one gate between a vendor's package and the guest's driver, used alike on the vendor's
/// laptop, in the hypervisor and in the shell.
package dev.npa.verifier;
