// SPDX-License-Identifier: MIT

/// The verbs below `npa licence`: what a package says about its licences, whether the gate takes
/// it, and help with texts, names and file headers. [LicenceVerbs] is the entry.
package dev.npa.cli.licence;
