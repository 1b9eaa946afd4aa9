// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.ArrayList;
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

  private final int locals;
  private final Map<Path, Integer> ids = new HashMap<>();
  private final List<Path> paths = new ArrayList<>();

  private record Path(int parent, String member, int depth) {}

  Symbols(int locals) {
    this.locals = locals;
  }

  boolean isLocal(int symbol) {
    return symbol < locals;
  }

  /// The name of a member of what `parent` stands for, or none.
  int member(int parent, String member) {
    int depth = parent == Term.NO_SYMBOL || parent < locals ? 1 : path(parent).depth + 1;
    if (parent == Term.NO_SYMBOL || depth > DEEPEST) {
      return Term.NO_SYMBOL;
    }
    Path path = new Path(parent, member, depth);
    Integer known = ids.get(path);
    if (known == null && paths.size() < MOST) {
      known = locals + paths.size();
      paths.add(path);
      ids.put(path, known);
    }
    return known == null ? Term.NO_SYMBOL : known;
  }

  /// Whether a symbol, or one that it is a path through, is among these.
  boolean passes(int symbol, IntPredicate among) {
    int at = symbol;
    while (!among.test(at)) {
      if (at < locals) {
        return false;
      }
      at = path(at).parent;
    }
    return true;
  }

  /// The last step of a path.
  String member(int symbol) {
    return path(symbol).member;
  }

  int parent(int symbol) {
    return path(symbol).parent;
  }

  private Path path(int symbol) {
    return paths.get(symbol - locals);
  }
}
