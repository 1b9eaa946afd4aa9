// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;

/// Meters every method and writes every class anew, from what was read and verified. Of debug
/// information it keeps source file and line numbers.
public final class Rewriter {
  private Rewriter() {}

  /// The plugin's classes as they will run, without the meter. Changes the trees in `plugin`, which
  /// is of no use afterwards.
  public static SortedMap<String, byte[]> rewrite(Plugin plugin, PluginFlow flow) {
    String meter = Meter.nameFor(plugin.entryName());
    for (MethodFlow method : flow.methods()) {
      new MethodMetering(plugin, flow, method, meter).apply();
    }
    SortedMap<String, byte[]> written = new TreeMap<>();
    for (PluginClass c : plugin.classes()) {
      ClassWriter writer = new ClosedWorldWriter();
      c.node().accept(writer);
      written.put(c.name(), writer.toByteArray());
    }
    return written;
  }

  /// The class that the rewritten ones share their budgets in.
  public static byte[] meter(Plugin plugin) {
    return MeterClass.bytes(Meter.nameFor(plugin.entryName()));
  }
}
