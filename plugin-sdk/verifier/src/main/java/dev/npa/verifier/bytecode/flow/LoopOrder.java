// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// The blocks of a method in an order in which only edges back go backwards, and which of them no
/// way goes around.
///
/// Source: K. D. Cooper, T. J. Harvey and K. Kennedy, "A simple, fast dominance algorithm" (2001).
final class LoopOrder {
  private static final int UNKNOWN = -1;

  private final FlowGraph graph;
  private final int[] rank;
  private final int[] dominator;

  private LoopOrder(FlowGraph graph) {
    this.graph = graph;
    this.rank = new int[graph.blocks().size()];
    this.dominator = new int[graph.blocks().size()];
  }

  static LoopOrder of(FlowGraph graph) {
    LoopOrder order = new LoopOrder(graph);
    List<Integer> blocks = Shapes.reversePostorder(graph);
    for (int i = 0; i < blocks.size(); i++) {
      order.rank[blocks.get(i)] = i;
    }
    Arrays.fill(order.dominator, UNKNOWN);
    order.dominator[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int block : blocks) {
        changed |= block != 0 && order.dominate(block);
      }
    }
    return order;
  }

  private boolean dominate(int block) {
    int nearest = UNKNOWN;
    for (int from : graph.block(block).predecessors()) {
      if (dominator[from] != UNKNOWN) {
        nearest = nearest == UNKNOWN ? from : common(nearest, from);
      }
    }
    boolean changed = dominator[block] != nearest;
    dominator[block] = nearest;
    return changed;
  }

  private int common(int a, int b) {
    int x = a;
    int y = b;
    while (x != y) {
      if (rank[x] > rank[y]) {
        x = dominator[x];
      } else {
        y = dominator[y];
      }
    }
    return x;
  }

  /// Blocks of a loop, the header first.
  List<Integer> blocks(Loop loop) {
    List<Integer> blocks = new ArrayList<>();
    loop.blocks().stream().forEach(blocks::add);
    blocks.sort(Comparator.comparingInt(block -> rank[block]));
    return blocks;
  }

  /// Blocks of a loop that every way from the header back to it passes; none if it has another
  /// entry.
  BitSet onEveryRound(Loop loop) {
    int at = loop.backEdges().getFirst();
    for (int from : loop.backEdges()) {
      at = common(at, from);
    }
    BitSet passed = new BitSet();
    passed.set(at);
    while (at != loop.header() && at != 0) {
      at = dominator[at];
      passed.set(at);
    }
    return at == loop.header() ? passed : new BitSet();
  }
}
