// SPDX-License-Identifier: MIT
package dev.npa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.bench.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PartsTest {
  private static final String OUTPUT =
      """
      # JMH says something
      stage\tcopy\t64\t4.000
      stage\tcopy\t1518\t30.000
      stage\tswitch\t64\t2.500
      stage\tswitch\t1518\t2.500
      pair\tmetered\t64\t20.000
      pair\traw\t64\t19.800
      pair\tmetered\t64\t20.000
      pair\traw\t64\t19.800
      pair\tmetered\t64\t20.000
      pair\traw\t64\t19.800
      pair\tmetered\t64\t20.000
      pair\traw\t64\t19.800
      pair\tmetered\t64\t20.000
      pair\traw\t64\t19.800
      jmh\tmetered\t64\t21.000
      """;

  @Test
  void putsTheMemorySystemsFloorBesideTheStages() {
    Table stages =
        Parts.tables(Parts.parse(OUTPUT), Map.of(64, new Beside.Floor(3, 11))).getFirst();

    assertThat(stages.csv().lines())
        .containsExactly(
            "stage,64 bytes,64 floor,1518 bytes,1518 floor",
            "copy,4.0,3.0,30.0,",
            "switch,2.5,,2.5,",
            "sum,6.5,11.0,32.5,");
  }

  @Test
  void comparesMeteredWithRawAsRates() {
    Table gate = Parts.tables(Parts.parse(OUTPUT), Map.of()).getLast();

    assertThat(gate.rows()).hasSize(1);
    assertThat(gate.rows().getFirst().get(3).text()).isEqualTo("0.99 (0.99 to 0.99)");
    assertThat(gate.rows().getFirst().get(4).text()).isEqualTo("21.00");
  }

  @Test
  void makesNoTableOfNothing() {
    assertThat(Parts.tables(List.of(), Map.of()).getFirst().rows()).isEmpty();
  }
}
