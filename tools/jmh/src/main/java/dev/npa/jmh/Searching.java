// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.region.Ungated;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.searching.SearchingPlugin;

/// The same plugin twice, each in a region of its own: as the gate wrote it, and as the compiler
/// left it.
final class Searching {
  private static final int LOOPS = 3;
  private static final String NAME = SearchingPlugin.class.getName().replace('.', '/');

  private Searching() {}

  /// Verified and metered.
  static NpaPlugin metered() throws IOException {
    return switch (BytecodeGate.verify(classes(), NAME)) {
      case Verdict.Refused<VerifiedClasses> refused ->
          throw new IllegalStateException("refused: " + refused.refusals());
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) -> {
        if (verified.report().loopsMetered() != LOOPS) {
          throw new IllegalStateException(
              "there is nothing to measure: metered are " + verified.report().loopsMetered());
        }
        Map<String, byte[]> written = new HashMap<>();
        verified.names().forEach(name -> written.put(binary(name), verified.bytes(name)));
        yield start(written);
      }
    };
  }

  /// As compiled.
  static NpaPlugin raw() throws IOException {
    Map<String, byte[]> compiled = new HashMap<>();
    classes().forEach((name, bytes) -> compiled.put(binary(name), bytes));
    return start(compiled);
  }

  private static String binary(String internalName) {
    return internalName.replace('/', '.');
  }

  private static NpaPlugin start(Map<String, byte[]> classes) {
    try {
      return Ungated.raw(SearchingPlugin.class.getName(), classes).newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedMap<String, byte[]> classes() throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (InputStream file = SearchingPlugin.class.getResourceAsStream("SearchingPlugin.class")) {
      classes.put(NAME, file.readAllBytes());
    }
    return classes;
  }
}
