// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Honest driver code that is not the simplest there is, as written in plain Java and compiled with
/// the settings that the SDK documents: all of it is accepted.
class DriverShapesTest {
  /// @param members what the shape needs beside the entry points
  /// @param poll statements of `checkRxRing`, with `queue` and `maxPkts`
  record Shape(String name, String members, String poll) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    return Stream.of(
        new Shape(
            "nested loops with masks",
            "",
            """
            int mask = ps.rxQueue(0).ringSize() - 1;
            for (int i = 0; i < maxPkts; i++) {
              for (int j = i; (j & 7) != 7; j++) {
                queue += ps.rxQueue(0).ring().read32((j & mask) * 16);
              }
            }
            """),
        new Shape(
            "a state machine",
            "private int state;",
            """
            for (int i = 0; i < maxPkts; i++) {
              switch (state) {
                case 0 -> state = queue > 0 ? 1 : 0;
                case 1 -> state = (queue & 1) == 0 ? 2 : 3;
                case 2, 3 -> state = 0;
                default -> state = 0;
              }
            }
            """),
        new Shape(
            "a lookup table made in the constructor",
            """
            private final int[] crc = new int[256];
            public P() {
              for (int i = 0; i < crc.length; i++) {
                int c = i;
                for (int bit = 0; bit < 8; bit++) {
                  c = (c & 1) != 0 ? c >>> 1 ^ 0xEDB88320 : c >>> 1;
                }
                crc[i] = c;
              }
            }
            """,
            "queue = crc[queue & 255];"),
        new Shape(
            "a checksum over a header",
            """
            private static int checksum(SgList sgl) {
              int sum = 0;
              for (int at = 0; at + 1 < sgl.headerBytes(); at += 2) {
                sum += sgl.header16(at);
              }
              while (sum >>> 16 != 0) {
                sum = (sum & 0xFFFF) + (sum >>> 16);
              }
              return ~sum & 0xFFFF;
            }
            public int addFrameToTxRing(
                PluginState ps, int queue, SendInfo info, SgList sgl, boolean last) {
              return checksum(sgl) == 0 ? 1 : 0;
            }
            """,
            ""),
        new Shape(
            "helper classes that hold each other",
            """
            private final Ring ring = new Ring();
            static final class Ring {
              private final Cursor head = new Cursor();
              int advance(int by) {
                return head.move(by);
              }
            }
            static final class Cursor {
              private int at;
              int move(int by) {
                at = at + by & 1023;
                return at;
              }
            }
            """,
            "queue = ring.advance(maxPkts);"),
        new Shape(
            "a switch on the type of a descriptor",
            "private long bytes;",
            """
            for (int i = 0; i < maxPkts; i++) {
              int word = ps.rxQueue(0).ring().readAcquire32(i * 16);
              switch (word >>> 28) {
                case 0x0 -> bytes += word & 0xFFFF;
                case 0x1, 0x2, 0x3 -> bytes += word & 0xFFF;
                case 0xF -> queue++;
                default -> queue--;
              }
            }
            """),
        new Shape(
            "constants instead of an enum",
            """
            static final class Kind {
              static final int IPV4 = 1;
              static final int IPV6 = 2;
              static boolean isIp(int kind) {
                return kind == IPV4 || kind == IPV6;
              }
            }
            """,
            "queue = Kind.isIp(queue) ? Kind.IPV4 : 0;"),
        new Shape(
            "arithmetic on longs",
            "private long clock; private long[] samples = new long[16];",
            """
            long word = ps.rxQueue(0).ring().read64(0);
            long low = word & 0xFFFF_FFFFL;
            clock = clock + Long.divideUnsigned(word - low, 1000) ^ Long.rotateLeft(low, 7);
            samples[(int) (clock >>> 60) & 15] = clock;
            queue = (int) (clock % 97);
            """),
        new Shape(
            "early exits",
            """
            private int find(PluginState ps, int wanted) {
              for (int i = 0; i < ps.rxQueue(0).ringSize(); i++) {
                int word = ps.rxQueue(0).ring().read32(i * 4);
                if (word == wanted) {
                  return i;
                }
                if (word < 0) {
                  break;
                }
                if (word == 0) {
                  continue;
                }
                wanted ^= word;
              }
              return -1;
            }
            """,
            "return find(ps, queue);"),
        new Shape(
            "a retry loop",
            "",
            """
            int tries = 0;
            do {
              queue = ps.rxQueue(0).ring().readAcquire32(0);
            } while (queue == 0 && ++tries < 100);
            while (queue > 0) {
              queue = ps.rxQueue(0).ring().readAcquire32(4) & queue - 1;
            }
            """));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isAcceptedAsWritten(Shape shape) {
    List<Refusal> refusals =
        Fixture.judge(plugin().members(shape.members()).poll(shape.poll()).compile());

    assertThat(refusals).extracting(Refusal::toString).isEmpty();
  }
}
