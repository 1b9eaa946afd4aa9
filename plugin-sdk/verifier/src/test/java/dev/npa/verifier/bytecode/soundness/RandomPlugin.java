// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.TestPlugins;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/// Makes well-typed plugins at random: a ring class whose methods are random code, called from the
/// entry points of a plugin that javac made.
final class RandomPlugin {
  static final String RING = "acme/P$Ring";
  static final int METHODS = 6;

  private static final String MEMBERS =
      """
      Ring ring;
      Ring spare;
      static final class Ring {
        final int size;
        final int mask;
        final long[] slots;
        final int[] small = new int[16];
        final int half;
        int[] other;
        int head;
        int tail;
        int count;
        int edge;
        byte tiny;
        boolean flag;
        short brief;
        char letter;
        long total;
        Ring next;
        Ring(int size, int unused, long zero, Ring next) {
          this.size = size;
          this.mask = size - 1;
          this.half = size >> 1;
          this.edge = size - 2;
          this.slots = new long[size];
          this.other = new int[32];
          this.next = next;
        }
        int m0(int a, int b, long c, Ring r) { return 0; }
        int m1(int a, int b, long c, Ring r) { return 0; }
        int m2(int a, int b, long c, Ring r) { return 0; }
        int m3(int a, int b, long c, Ring r) { return 0; }
        int m4(int a, int b, long c, Ring r) { return 0; }
        int m5(int a, int b, long c, Ring r) { return 0; }
      }
      """;

  private static final SortedMap<String, byte[]> SKELETON = skeleton();

  private RandomPlugin() {}

  private static SortedMap<String, byte[]> skeleton() {
    return TestPlugins.of(
        MEMBERS,
        "swInit",
        "spare = new Ring(16, 1, 0L, null); ring = new Ring(ps.rxQueue(0).ringSize(), 7,"
            + " 0L, spare); spare = new Ring(8, ps.deviceInfo(1), 1L, ring);"
            + " ring.other = new int[ps.numRxQueues() + 4]; return ring.m3(1, 2, 3L, spare) & 1;",
        "reinitRxRing",
        "return ring.m4(queue, 7, 0L, ring);",
        "checkTxRing",
        "return ring.m1(queue, ring.head, ring.total, spare) + spare.m5(3, queue, -1L, spare);",
        "checkRxRing",
        "return ring.m0(queue, maxPkts, 100L, ring);",
        "addBuffersToRxRing",
        "for (int i = 0; i < 3; i++) { ring.m2(i, queue, i, ring); } return spare.m2(9, -1, 5L,"
            + " ring);");
  }

  static SortedMap<String, byte[]> of(Random random) {
    ClassNode ring = new ClassNode();
    new ClassReader(SKELETON.get(RING)).accept(ring, ClassReader.SKIP_FRAMES);
    for (MethodNode method : ring.methods) {
      if (method.name.startsWith("m")) {
        int number = method.name.charAt(1) - '0';
        new RandomCode(random, method, number).write();
      } else if (method.name.equals("<init>") && random.nextInt(3) == 0) {
        new RandomCode(random, method, -1).append();
      }
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ring.accept(writer);
    SortedMap<String, byte[]> plugin = new TreeMap<>(SKELETON);
    plugin.put(RING, writer.toByteArray());
    return plugin;
  }
}
