// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// The loops of a method, nested, and the edges that enter one elsewhere than at its header.
///
/// Source: R. E. Tarjan, "Testing flow graph reducibility" (1974): depth-first numbers, then each
/// loop body collected backwards from its back edges, inner loops collapsed by union-find. Close to
/// linear, which matters on hostile input.
public final class LoopForest {
  private final FlowGraph graph;
  private final int[] entered;
  private final int[] lastInside;
  private final int[] order;
  private final int[] collapsed;
  private final Loop[] loopOfHeader;
  private final Loop[] innermost;
  private final List<Loop> loops = new ArrayList<>();
  private final List<Integer> irreducible = new ArrayList<>();

  private LoopForest(FlowGraph graph) {
    this.graph = graph;
    int size = graph.blocks().size();
    entered = new int[size];
    lastInside = new int[size];
    order = new int[size];
    collapsed = new int[size];
    loopOfHeader = new Loop[size];
    innermost = new Loop[size];
  }

  public static LoopForest of(FlowGraph graph) {
    LoopForest forest = new LoopForest(graph);
    int count = forest.number();
    for (int i = 0; i < forest.collapsed.length; i++) {
      forest.collapsed[i] = i;
    }
    for (int i = count - 1; i >= 0; i--) {
      forest.collect(forest.order[i]);
    }
    return forest;
  }

  /// Inner loops before the loops around them.
  public List<Loop> loops() {
    return loops;
  }

  /// Headers of loops that can be entered elsewhere too; empty for code from a Java compiler.
  public List<Integer> irreducibleHeaders() {
    return irreducible;
  }

  /// Whether a block's innermost loop is this one.
  public boolean isDirectlyIn(int block, Loop loop) {
    return innermost[block] == loop;
  }

  /// Index of a block's innermost loop, or the number of loops if it is in none.
  int innermostIndex(int block) {
    return innermost[block] == null ? loops.size() : innermost[block].index();
  }

  /// How many loops are around the innermost code.
  public int depth() {
    int[] depthOf = new int[loops.size()];
    int deepest = 0;
    for (Loop loop : loops) {
      int inside = 0;
      for (Loop child : loop.children()) {
        inside = Math.max(inside, depthOf[child.index()]);
      }
      depthOf[loop.index()] = inside + 1;
      deepest = Math.max(deepest, inside + 1);
    }
    return deepest;
  }

  /// Depth-first numbers from 1; blocks that cannot be reached keep 0.
  private int number() {
    int count = 0;
    int[] nextSuccessor = new int[entered.length];
    Deque<Integer> path = new ArrayDeque<>();
    if (entered.length > 0) {
      path.push(0);
      order[count++] = 0;
      entered[0] = count;
    }
    while (!path.isEmpty()) {
      int block = path.peek();
      List<Integer> successors = graph.block(block).successors();
      if (nextSuccessor[block] == successors.size()) {
        lastInside[block] = count;
        path.pop();
        continue;
      }
      int next = successors.get(nextSuccessor[block]++);
      if (entered[next] == 0) {
        order[count++] = next;
        entered[next] = count;
        path.push(next);
      }
    }
    return count;
  }

  private boolean isAncestor(int ancestor, int block) {
    return entered[ancestor] <= entered[block] && entered[block] <= lastInside[ancestor];
  }

  private void collect(int header) {
    List<Integer> backEdges = new ArrayList<>();
    for (int from : graph.block(header).predecessors()) {
      if (entered[from] != 0 && isAncestor(header, from)) {
        backEdges.add(from);
      }
    }
    if (backEdges.isEmpty()) {
      return;
    }
    Loop loop = new Loop(loops.size(), header);
    loop.backEdges().addAll(backEdges);
    BitSet body = body(header, backEdges);
    for (int b = body.nextSetBit(0); b >= 0; b = body.nextSetBit(b + 1)) {
      collapsed[b] = header;
      if (loopOfHeader[b] != null) {
        loop.addChild(loopOfHeader[b]);
      } else {
        loop.blocks().set(b);
        innermost[b] = loop;
      }
    }
    innermost[header] = loop;
    loopOfHeader[header] = loop;
    loops.add(loop);
  }

  /// The collapsed blocks from which a back edge can be reached without passing the header.
  private BitSet body(int header, List<Integer> backEdges) {
    BitSet body = new BitSet();
    Deque<Integer> work = new ArrayDeque<>();
    for (int from : backEdges) {
      add(find(from), header, body, work);
    }
    while (!work.isEmpty()) {
      int block = work.remove();
      for (int from : graph.block(block).predecessors()) {
        if (entered[from] == 0 || isAncestor(block, from)) {
          continue;
        }
        int representative = find(from);
        if (!isAncestor(header, representative)) {
          if (!irreducible.contains(header)) {
            irreducible.add(header);
          }
        } else {
          add(representative, header, body, work);
        }
      }
    }
    return body;
  }

  private static void add(int block, int header, BitSet body, Deque<Integer> work) {
    if (block != header && !body.get(block)) {
      body.set(block);
      work.add(block);
    }
  }

  private int find(int block) {
    int root = block;
    while (collapsed[root] != root) {
      root = collapsed[root];
    }
    for (int at = block; collapsed[at] != root; ) {
      int next = collapsed[at];
      collapsed[at] = root;
      at = next;
    }
    return root;
  }
}
