// SPDX-License-Identifier: MIT

/// The corresponding source of a plugin: where it is, what must be in it, what each file says.
/// [SourceCheck] is the entry; nothing here compiles anything.
package dev.npa.verifier.licence.source;
