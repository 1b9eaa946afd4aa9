// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a constructor leaves in its object holds whichever way leads out of it.
class ConstructorsTest {
  private static final String RING =
      """
      static final class Ring {
        final int size;
        Ring(int n) {
          if (n == 1) { size = 7; return; }
          if (n == 2) { size = 90; return; }
          size = 50;
        }
      }
      private final Ring ring = new Ring(2);
      private final Ring other = new Ring(1);
      """;

  @Test
  void boundsALoopByTheLargestOfThem() {
    Report report =
        HonestPluginTest.accepted(
                plugin()
                    .members(RING)
                    .poll(
                        "int s = 0; for (int i = 0; i < ring.size; i++) { s += i; } return s & 1;")
                    .compile(),
                ENTRY)
            .report();

    assertThat(report.loops())
        .singleElement()
        .satisfies(loop -> assertThat(loop.rounds()).isEqualTo(OptionalLong.of(91)));
  }
}
