// SPDX-License-Identifier: MIT

/// What a plugin may name: itself and an explicit list.
package dev.npa.verifier.bytecode.world;
