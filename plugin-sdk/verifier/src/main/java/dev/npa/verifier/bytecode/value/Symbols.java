// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Names for what a method's locals and the fields behind them hold.
///
/// Symbols below the number of locals are locals. The others are paths: a member of what another
/// symbol stands for. A path means something else as soon as one of its parts does.
final class Symbols {
  /// Paths in one method; beyond this values go without names.
  private static final int MOST = 256;

  private static final int DEEPEST = 3;

  /// Above every local, so that a symbol means the same when the rewriter has added one.
  private static final int FIRST_PATH = 1 << 10;

  private final Map<Integer, Map<String, Integer>> ids = new HashMap<>();
  private final List<Path> paths = new ArrayList<>();

  private record Path(int parent, String member, int depth) {}

  /// @throws IllTyped if there are more locals than symbols for them
  Symbols(int locals) {
    if (locals > FIRST_PATH) {
      throw new IllTyped("too many locals");
    }
  }

  /// How many paths have names.
  int size() {
    return paths.size();
  }

  boolean isLocal(int symbol) {
    return symbol < FIRST_PATH;
  }

  /// The name of a member of what `parent` stands for, or none.
  int member(int parent, String member) {
    if (parent == Term.NO_SYMBOL) {
      return Term.NO_SYMBOL;
    }
    Map<String, Integer> members = ids.computeIfAbsent(parent, p -> new HashMap<>());
    Integer known = members.get(member);
    if (known != null) {
      return known;
    }
    int depth = isLocal(parent) ? 1 : path(parent).depth + 1;
    if (depth > DEEPEST || paths.size() == MOST) {
      return Term.NO_SYMBOL;
    }
    int added = FIRST_PATH + paths.size();
    paths.add(new Path(parent, member, depth));
    members.put(member, added);
    return added;
  }

  /// Whether a symbol is this one or a path through it.
  boolean passes(int symbol, int through) {
    int at = symbol;
    while (at != through) {
      if (isLocal(at)) {
        return false;
      }
      at = path(at).parent;
    }
    return true;
  }

  /// The paths that change when some do: these, and all that pass them.
  BitSet passing(IntPredicate some) {
    BitSet changed = new BitSet();
    for (int i = 0; i < paths.size(); i++) {
      int symbol = FIRST_PATH + i;
      if (changed.get(paths.get(i).parent) || some.test(symbol)) {
        changed.set(symbol);
      }
    }
    return changed;
  }

  /// The last step of a path.
  String member(int symbol) {
    return path(symbol).member;
  }

  int parent(int symbol) {
    return path(symbol).parent;
  }

  private Path path(int symbol) {
    return paths.get(symbol - FIRST_PATH);
  }
}
