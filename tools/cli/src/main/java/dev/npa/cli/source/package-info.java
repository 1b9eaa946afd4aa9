// SPDX-License-Identifier: MIT

/// The verbs below `npa source`: pack the corresponding source, and build it again to see whether
/// it is the source of a package. [SourceVerbs] is the entry.
package dev.npa.cli.source;
