// SPDX-License-Identifier: MIT

/// The bill of materials that a package carries: a strict reader of JSON, and of the few fields of
/// CycloneDX that licences are decided by. [BillReader] is the entry.
package dev.npa.verifier.licence.sbom;
