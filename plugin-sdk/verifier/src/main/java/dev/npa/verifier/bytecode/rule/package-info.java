// SPDX-License-Identifier: MIT

/// What plugin code must not do, one rule per class. [dev.npa.verifier.bytecode.rule.Rules] lists
/// them in the order in which they are asked.
package dev.npa.verifier.bytecode.rule;
