// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A natural loop: one header, through which alone the loop is entered, and one or more edges back.
public final class Loop {
  static final int NONE = -1;

  private final int index;
  private final int header;
  private final List<Integer> backEdges = new ArrayList<>();
  private final BitSet blocks = new BitSet();
  private final List<Loop> children = new ArrayList<>();
  private int parent = NONE;

  Loop(int index, int header) {
    this.index = index;
    this.header = header;
    blocks.set(header);
  }

  /// Position in [LoopForest#loops]: inner loops come before the loops around them.
  public int index() {
    return index;
  }

  public int header() {
    return header;
  }

  /// Blocks from which control goes back to the header.
  public List<Integer> backEdges() {
    return backEdges;
  }

  /// Every block of the loop, those of inner loops included.
  public BitSet blocks() {
    return blocks;
  }

  /// Loops directly inside this one.
  public List<Loop> children() {
    return children;
  }

  boolean isOutermost() {
    return parent == NONE;
  }

  void addChild(Loop child) {
    child.parent = index;
    children.add(child);
    blocks.or(child.blocks);
  }
}
