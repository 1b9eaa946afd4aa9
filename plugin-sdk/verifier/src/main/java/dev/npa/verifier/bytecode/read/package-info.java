// SPDX-License-Identifier: MIT

/// From bytes to a [dev.npa.verifier.bytecode.read.Plugin], by three readers that must agree.
package dev.npa.verifier.bytecode.read;
