// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/// Plugins before and after the rewriter, for tests of the rules about rewritten code.
public final class TestPlugins {
  public static final String ENTRY = PluginSource.ENTRY;
  public static final String METER = ENTRY + "$NpaMeter";

  private static final String WORK =
      "static int work(int n) { int sum = 0; while (n != 1) { n = n * 3 & 1023; sum++; } return"
          + " sum; }";

  private TestPlugins() {}

  /// A plugin whose `checkRxRing` has these statements, as javac wrote it.
  public static SortedMap<String, byte[]> original(String poll) {
    return PluginSource.plugin().members(WORK).poll(poll).compile();
  }

  /// The same as the gate wrote it, without the meter.
  public static SortedMap<String, byte[]> rewritten(String poll) {
    return withoutMeter(original(poll));
  }

  /// The same with changes to `checkRxRing` after the rewriter.
  @SuppressWarnings("exports") // tests see what the module requires
  public static SortedMap<String, byte[]> edited(String poll, Consumer<MethodNode> change) {
    return Edit.named(
        rewritten(poll), ENTRY, node -> change.accept(Edit.method(node, "checkRxRing")));
  }

  /// Any class of a plugin, changed as a tree.
  @SuppressWarnings("exports") // tests see what the module requires
  public static SortedMap<String, byte[]> edited(
      SortedMap<String, byte[]> classes, String name, Consumer<ClassNode> change) {
    return Edit.named(classes, name, change);
  }

  /// A driver in the manner of a real one.
  public static SortedMap<String, byte[]> driver() {
    return HonestSources.igb();
  }

  /// The entry class of [#driver].
  public static final String DRIVER = HonestSources.IGB;

  /// A plugin with these members and bodies of entry points, name and statements in turn.
  public static SortedMap<String, byte[]> of(String members, String... bodies) {
    PluginSource source = PluginSource.plugin().members(members);
    for (int i = 0; i < bodies.length; i += 2) {
      source.body(bodies[i], bodies[i + 1]);
    }
    return source.compile();
  }

  /// The same as the gate wrote it, without the meter.
  public static SortedMap<String, byte[]> rewrittenOf(String members, String... bodies) {
    return withoutMeter(of(members, bodies));
  }

  /// A plugin that allocates in swInit, before or after the rewriter.
  public static SortedMap<String, byte[]> allocating(boolean metered) {
    SortedMap<String, byte[]> classes =
        PluginSource.plugin()
            .members("int[] a; P other;")
            .body("swInit", "a = new int[4];")
            .compile();
    return metered ? withoutMeter(classes) : classes;
  }

  private static SortedMap<String, byte[]> withoutMeter(SortedMap<String, byte[]> classes) {
    VerifiedClasses verified = HonestPluginTest.accepted(classes, ENTRY);
    SortedMap<String, byte[]> written = new TreeMap<>();
    verified.names().stream()
        .filter(name -> !name.equals(METER))
        .forEach(name -> written.put(name, verified.bytes(name)));
    return written;
  }
}
