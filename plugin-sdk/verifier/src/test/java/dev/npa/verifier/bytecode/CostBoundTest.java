// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cost bound of an entry point without loops, between two numbers: what its longest way costs
/// by the declarations, counted by hand, and that with the idle plugin's few bytecodes.
class CostBoundTest {
  private static final String MEMBERS =
      """
      private int n;
      private int[] a = new int[4];
      private void nothing() {}
      private void twice() { nothing(); nothing(); }
      """;

  /// `if (ps.numRxQueues() > 0)`, the return, and room.
  private static final int AROUND = 16;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| 0",
        "n = 1; | 3",
        "ps.mmio().write32(0, 1); | 2008",
        "ps.shellApi().log(1, \"a\", 2L); | 5009",
        "ps.shared().acquireFence(); | 26",
        "ps.shared().write64(0, 1L); | 23",
        "n = n / queue; | 15",
        "n = queue % maxPkts; | 14",
        "n = Integer.bitCount(queue); | 33",
        "nothing(); | 7",
        "twice(); | 20",
        "a[0] = 1; | 5",
        "if (queue == 1) { ps.mmio().write32(0, 1); } else { n = 2; } | 2009",
      })
  void isWhatTheLongestWayCosts(String statements, long atLeast) {
    String poll = statements == null ? "" : statements;

    long bound =
        HonestPluginTest.accepted(plugin().members(MEMBERS).poll(poll).compile(), ENTRY)
            .report()
            .worstCaseBytecodes()
            .get("checkRxRing");

    assertThat(bound).as(poll).isBetween(atLeast, atLeast + AROUND);
  }
}
