// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.bench.peer.CShape.Figure;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other programs say is read right, or refused.
final class PeerOutputTest {
  @Test
  void readsTheRateThatTestpmdPrints() {
    assertThat(Testpmd.rate("  Rx-pps:     18333798          Rx-bps:   8800223296"))
        .isEqualTo(18_333_798);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Testpmd.rate("  Tx-pps:     18333798          Tx-bps:   8800223296"));
  }

  @Test
  void readsTheFiguresOfTheCProgram() throws IOException {
    var figures = CShape.parse("copy 5.250\none-core 30000000\nhandover 58.00\ncopy 5.750\n");

    assertThat(figures).containsOnlyKeys(Figure.COPY, Figure.ONE_CORE, Figure.HANDOVER);
    assertThat(figures.get(Figure.COPY).median()).isEqualTo(5.5);
    assertThat(figures.get(Figure.ONE_CORE).median()).isEqualTo(3e7);
  }

  @Test
  void refusesWhatTheCProgramShouldNotSay() {
    assertThatIOException()
        .isThrownBy(() -> CShape.parse("shape: 3 faults, 0 forged\n"))
        .withMessageContaining("3 faults");
    assertThatIOException()
        .isThrownBy(() -> CShape.parse("copy fast\n"))
        .withMessageContaining("copy fast");
  }

  @Test
  void saysHowToGetHugePages() {
    assertThat(HugePages.missing(List.of("HugePages_Free:     512", "Hugepagesize:    2048 kB")))
        .isEmpty();
    assertThat(HugePages.missing(List.of("HugePages_Free:       3", "Hugepagesize:    2048 kB")))
        .hasValueSatisfying(
            text -> assertThat(text).contains("there are 3").contains("sysctl vm.nr_hugepages"));
    assertThat(HugePages.missing(List.of())).isPresent();
  }
}
