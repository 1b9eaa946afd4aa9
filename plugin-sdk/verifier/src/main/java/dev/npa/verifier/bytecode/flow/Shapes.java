// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.value.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// Control flow as the value analysis wants it: blocks in reverse postorder, and the targets of
/// edges that go against it, of which every cycle has one.
final class Shapes {
  private Shapes() {}

  static Shape of(FlowGraph graph) {
    int size = graph.blocks().size();
    int[] first = new int[size];
    int[] last = new int[size];
    int instructions = 0;
    for (int b = 0; b < size; b++) {
      first[b] = graph.block(b).first();
      last[b] = graph.block(b).last();
      instructions = last[b] + 1;
    }
    int[] blockOf = new int[instructions];
    for (int i = 0; i < instructions; i++) {
      blockOf[i] = graph.blockOf(i);
    }
    List<Integer> order = reversePostorder(graph);
    return new Shape(first, last, blockOf, order, headers(graph, order));
  }

  static List<Integer> reversePostorder(FlowGraph graph) {
    List<Integer> order = new ArrayList<>();
    int[] next = new int[graph.blocks().size()];
    BitSet seen = new BitSet();
    Deque<Integer> path = new ArrayDeque<>();
    if (next.length > 0) {
      path.push(0);
      seen.set(0);
    }
    while (!path.isEmpty()) {
      int block = path.peek();
      List<Integer> successors = graph.block(block).successors();
      if (next[block] == successors.size()) {
        order.add(path.pop());
        continue;
      }
      int successor = successors.get(next[block]++);
      if (!seen.get(successor)) {
        seen.set(successor);
        path.push(successor);
      }
    }
    Collections.reverse(order);
    return order;
  }

  private static BitSet headers(FlowGraph graph, List<Integer> order) {
    int[] rank = new int[graph.blocks().size()];
    for (int i = 0; i < order.size(); i++) {
      rank[order.get(i)] = i;
    }
    BitSet headers = new BitSet();
    for (int block : order) {
      for (int successor : graph.block(block).successors()) {
        if (rank[successor] <= rank[block]) {
          headers.set(successor);
        }
      }
    }
    return headers;
  }
}
