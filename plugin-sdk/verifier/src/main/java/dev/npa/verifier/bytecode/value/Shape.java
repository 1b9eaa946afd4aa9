// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.BitSet;
import java.util.List;

/// The basic blocks of a method as the engine needs them.
///
/// @param first first instruction of each block
/// @param last last instruction of each block
/// @param blockOf block of each instruction
/// @param order reachable blocks, each before its successors but for edges back
/// @param headers where to widen: at least one block of every cycle
public record Shape(int[] first, int[] last, int[] blockOf, List<Integer> order, BitSet headers) {}
