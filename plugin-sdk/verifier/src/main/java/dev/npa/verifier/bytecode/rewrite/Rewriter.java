// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;

/// Meters every method and writes every class anew, from what was read and verified. Of debug
/// information it keeps source file and line numbers.
public final class Rewriter {
  private Rewriter() {}

  /// The plugin's classes as they will run, without the meter. Changes the trees in `plugin`, of
  /// which only what was found out before is of use afterwards.
  public static Rewritten rewrite(Plugin plugin, PluginFlow flow) {
    String meter = Meter.nameFor(plugin.entryName());
    Map<PluginMethod, int[]> origins = new HashMap<>();
    for (MethodFlow method : flow.methods()) {
      new MethodMetering(plugin, flow, method, meter).apply();
      origins.put(method.method(), origins(method.method()));
    }
    SortedMap<String, byte[]> written = new TreeMap<>();
    for (PluginClass c : plugin.classes()) {
      ClassWriter writer = new ClosedWorldWriter();
      c.node().accept(writer);
      written.put(c.name(), writer.toByteArray());
    }
    return new Rewritten(written, new Rewritten.FromVendor(plugin, origins));
  }

  /// A class as its vendor wrote it, with new stack maps: for telling whose fault it is that what
  /// was written is not type-safe.
  ///
  /// @throws RuntimeException if there are none, which is ASM's way of saying so
  public static byte[] unmetered(PluginClass c) {
    ClassWriter writer = new ClosedWorldWriter();
    new ClassReader(c.raw().stripped()).accept(writer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /// Of each instruction in a method's tree, which of the vendor's it is or comes before.
  private static int[] origins(PluginMethod method) {
    InsnList now = method.node().instructions;
    int[] origins = new int[now.size()];
    int count = 0;
    int vendors = 0;
    for (AbstractInsnNode insn : now) {
      if (insn.getOpcode() >= 0) {
        origins[count] = Math.min(vendors, method.code().size() - 1);
        count++;
        vendors +=
            vendors < method.code().size() && method.code().get(vendors).equals(insn) ? 1 : 0;
      }
    }
    return Arrays.copyOf(origins, count);
  }

  /// The class that the rewritten ones share their budgets in.
  public static byte[] meter(Plugin plugin) {
    return MeterClass.bytes(Meter.nameFor(plugin.entryName()));
  }
}
