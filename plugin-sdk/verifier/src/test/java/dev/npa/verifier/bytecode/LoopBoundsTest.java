// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which loops are proved, and with what bound: how often the loop's test runs at most.
class LoopBoundsTest {
  private static final String MEMBERS =
      """
      private final int[] table = new int[16];
      private int open;
      private int tail;
      private long sum;
      private final Ring ring = new Ring(64);
      private Ring same = ring;
      private Ring other = new Ring(8);
      static final class Ring {
        final int size; final int mask; final long[] slots; int next; int filled;
        Ring(int size) { this.size = size; mask = size - 1; slots = new long[size]; }
      }
      private void grow() { tail = tail * 3 + 1; }
      private void openOne() { if (open != 9) { open++; } }
      private static int count(int n) { int s = 0; for (int i = 0; i < n; i++) { s += i; } return s; }
      private static int small(int n) { return n < 0 ? 0 : n > 12 ? 12 : n; }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for (int i = 0; i < 16; i++) { sum += i; } | 17",
        "for (int i = 0; i <= 16; i += 3) { sum += i; } | 7",
        "for (int i = 15; i >= 0; i--) { sum += i; } | 17",
        "for (int i = 100; i > 0; i -= 7) { sum += i; } | 16",
        "for (int i = 0; 16 > i; i++) { sum += i; } | 17",
        "for (int i = 0; i != 20; i += 2) { sum += i; } | 11",
        "for (int i = queue; i != 20; i++) { sum += i; } | 21",
        "for (int i = 20; i != queue; i--) { sum += i; } | 21",
        "for (int i = 0; i < maxPkts; i++) { sum += i; } | 257",
        "for (long i = 0; i < maxPkts; i++) { sum += i; } | 257",
        "for (long i = 1L << 40; i > (1L << 40) - 8; i -= 2) { sum += i; } | 5",
        "for (int i = 0; i < (queue * 12345 & 31); i++) { sum += i; } | 32",
        "for (int i = 0; i < queue >> 2; i++) { sum += i; } | 4",
        "for (int i = 0; i < Math.min(tail, 32); i++) { sum += i; } | 33",
        "for (int i = 0; i < table.length; i++) { sum += table[i]; } | 17",
        "for (int i = 0; i < ps.txQueue(0).ringSize(); i++) { sum += i; } | 4097",
        "for (int i = 0; i < ps.numRxQueues(); i++) { sum += i; } | 17",
        "for (int i = 0; i < ring.size; i++) { sum += i; } | 65",
        "for (int i = 0; i < open; i++) { sum += i; } | 10",
        "for (int i = 0; i < small(tail); i++) { sum += i; } | 13",
        "int n = maxPkts; while (n-- > 0) { sum += n; } | 257",
        "int n = maxPkts; while (--n >= 0) { sum += n; } | 257",
        "int n = maxPkts; do { sum += n; } while (--n > 0); | 256",
        "int i = 0; while (i < 50) { if (sum > i) { i += 2; } else { i += 3; } } | 26",
        "int i = 0; while (true) { sum += i; if (i >= 30) { break; } i++; } | 31",
        "for (int i = 0; i < 40; i++) { if (table[i & 15] == 3) { continue; } if (i == tail) {"
            + " break; } } | 41",
        "for (int i = 0; i < 16; i++) { if (tail == 1) { i++; } } | 17",
        "for (int i = 0; i < 8; i = i + 1) { sum += i; } | 9",
        "int j = 3; for (int i = 0; j < 13; i++) { j++; sum += i; } | 11",
        "ring.filled = 5; same.filled = 40; for (int i = 0; i < ring.filled; i++) { sum += i; } |"
            + " 41",
        "Ring r = ring; r.filled = 5; r = same; other.filled = 40; r.next = 1; for (int i = 0;"
            + " i < r.filled; i++) { sum += i; } | 41",
        "other.filled = 40; same.filled = 5; same = other; for (int i = 0; i < same.filled; i++)"
            + " { sum += i; } | 41",
        "int n = queue; int m = n; n = 200; for (int i = 0; i < n; i++) { sum += m; } | 201",
        "sum = count(7) + count(queue); for (int i = 0; i < 12; i++) { sum += count(30); } | 13",
        "byte b = (byte) (queue * 40); for (int i = 0; i < b; i++) { sum += i; } | 121",
        "for (int i = 0; i < (byte) maxPkts; i++) { sum += i; } | 128",
        "for (int i = 0; i < 1 + (queue & 3 ^ 4); i++) { sum += i; } | 9",
        "for (int i = 0; i < -(queue - 12); i++) { sum += i; } | 13",
        "for (int i = 0; i < (queue == 3 ? 5 : 9); i++) { sum += i; } | 10",
        "int n = 3; switch (queue) { case 1: n = 7; break; case 2: n = 20; break; default: } for"
            + " (int i = 0; i < n; i++) { sum += i; } | 21",
        "int i = 0; while (i < 9) { if (tail == 1) { i += 2; continue; } if (tail == 2) { i += 3;"
            + " continue; } i += 4; } | 6",
        "for (int i = 5; i < 5; i++) { sum += i; } | 1",
        "for (int i = 9; i < 5; i++) { sum += i; } | 1",
        "for (int i = 0; i <= 0; i++) { sum += i; } | 2",
      })
  void provesLoopsThatCount(String loop, long rounds) {
    assertThat(outermost(loop).rounds()).as(loop).isEqualTo(OptionalLong.of(rounds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for (int i = 0; i <= Integer.MAX_VALUE; i++) { sum += i; } | counter",
        "for (int i = Integer.MAX_VALUE - 5; i < Integer.MAX_VALUE; i += 3) { sum += i; } |"
            + " counter",
        "for (int i = 0; i != 21; i += 2) { sum += i; } | step over",
        "for (int i = queue; i != 20; i += 2) { sum += i; } | step over",
        "for (int i = 21; i != 20; i++) { sum += i; } | counter",
        "for (int i = 0; i != tail; i++) { sum += i; tail++; } | step over",
        "for (int i = 0; i < maxPkts; i++) { maxPkts++; } | counter",
        "for (int i = 0; i < 10; i--) { sum += i; } | closer",
        "for (int i = 0; i < 10; i += queue) { sum += i; } | constants",
        "for (int i = 0; i < 10; i += 2) { for (int j = 0; j < queue; j++) { i--; } } | constants",
        "for (int i = 0; i < 10; i++) { if (tail == 3) { i = 0; } } | constants",
        "for (int i = 0; i < 10; i++) { if (tail == 3) { i--; } } | closer",
        "for (int i = 0; i < 10; ) { if (tail == 3) { i++; } } | closer",
        "ring.filled = ring.filled * 3 + 1; while (ring.next != ring.filled) { ring.next ="
            + " ring.next + 1 & ring.mask; } | counts",
        "int i = 0; while (sum != 5) { sum++; if (sum > 3) { if (i >= 10) { break; } i++; } } |"
            + " test",
        "for (int i = 0; i < 1 << 30; i++) { sum += i; } | together",
        "tail = queue; if (tail == 4) { grow(); for (int i = 0; i < tail; i++) { sum += i; } } |"
            + " range",
        "int i = 0x7FFFFFF0; do { i++; sum++; } while (i > 10); | closer",
        "int i = 0; while (true) { i++; if (tail == 3) { continue; } if (i >= 9) { break; } } |"
            + " test",
        "int n = 9; for (int i = 0; i != n; i++) { n = tail == 3 ? 4 : 9; } | step over",
        "int n = 0; int h = ring.next; int t = other.next; while (h != t && n < 64) { n++; h++; } |"
            + " no second round",
      })
  void metersLoopsThatDoNot(String loop, String reason) {
    LoopReport report = outermost(loop);

    assertThat(report.rounds()).as(loop).isEmpty();
    assertThat(report.reason()).contains(reason == null ? "" : reason);
  }

  @Test
  void usesTheArgumentsOfAllCalls() {
    assertThat(loops("sum = count(7) + count(queue) + count(12);", "count"))
        .singleElement()
        .satisfies(loop -> assertThat(loop.rounds()).isEqualTo(OptionalLong.of(16)));
  }

  @Test
  void provesNests() {
    List<LoopReport> loops =
        loops(
            "for (int i = 0; i < 8; i++) { for (int j = i; j < 16; j++) {"
                + " for (int k = 1; k < 64; k += k & 3 | 1) { sum += k; } } }",
            "checkRxRing");

    assertThat(loops).hasSize(3);
    assertThat(loops.get(0).rounds()).isEqualTo(OptionalLong.of(9));
    assertThat(loops.get(1).rounds()).isEqualTo(OptionalLong.of(17));
    assertThat(loops.get(2).isProved()).isFalse();
  }

  @Test
  void knowsThatAMaskedIndexIsInsideAnArrayMadeWithTheSameSize() {
    Report report =
        report(
            "ring.slots[ring.next & ring.mask] = queue; ring.next++;"
                + " for (int i = 0; i < ring.size; i++) { ring.slots[i] = 0; }"
                + " for (int i = 0; i < table.length; i++) { table[i] = i; }");

    assertThat(report.faults())
        .filteredOn(method -> method.name().equals("checkRxRing"))
        .singleElement()
        .satisfies(
            method -> assertThat(method.provedSafe()).isGreaterThan(method.checked().size() * 2));
  }

  /// What is cached of a field must not outlive a store through another name of the object, however
  /// little was known to be stored when the method was first looked at.
  @ParameterizedTest
  @ValueSource(strings = {"", "tail += run(other, other);", "tail += run(ring, same);"})
  void metersALoopWhoseLimitIsRaisedByAnotherName(String before) {
    List<LoopReport> loops =
        HonestPluginTest.accepted(
                plugin()
                    .members(MEMBERS)
                    .members(
                        "static int run(Ring x, Ring y) { int s = 0; x.filled = 4; for (int i = 0;"
                            + " i < x.filled; i++) { y.filled = i + 5; s++; } return s; }")
                    .poll(before + " tail += run(ring, ring);")
                    .compile(),
                ENTRY)
            .report()
            .loops();

    assertThat(loops)
        .filteredOn(loop -> loop.name().equals("run"))
        .singleElement()
        .satisfies(loop -> assertThat(loop.isProved()).isFalse());
  }

  private static LoopReport outermost(String loop) {
    return loops(loop, "checkRxRing").stream()
        .min(Comparator.comparingInt(LoopReport::header))
        .orElseThrow();
  }

  private static List<LoopReport> loops(String poll, String method) {
    return report(poll).loops().stream().filter(loop -> loop.name().equals(method)).toList();
  }

  private static Report report(String poll) {
    return HonestPluginTest.accepted(
            plugin()
                .members(MEMBERS)
                .body("checkTxRing", "openOne(); tail = queue * 1000 + 3;")
                .poll(poll)
                .compile(),
            ENTRY)
        .report();
  }
}
