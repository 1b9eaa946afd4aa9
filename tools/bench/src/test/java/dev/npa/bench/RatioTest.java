// SPDX-License-Identifier: MIT
package dev.npa.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class RatioTest {
  private static final Sample QUIET = new Sample(new double[] {10, 10.2, 10.1, 9.9, 10});
  private static final Sample HALF = new Sample(new double[] {5, 5.1, 5, 4.9, 5});

  @Test
  void dividesMediansAndGivesTheExtremesOfNeighbouringRuns() {
    Ratio ratio = Ratio.of(QUIET, HALF);

    assertThat(ratio).isEqualTo(new Ratio.Measured(2, 10.2 / 5.1, 9.9 / 4.9));
    assertThat(ratio.text()).isEqualTo("2.00 (2.00 to 2.02)");
  }

  @Test
  void isRefusedIfEitherSideSpreadsTooFar() {
    Sample noisy = new Sample(new double[] {5, 10, 15, 20, 25});

    assertThat(Ratio.of(noisy, QUIET)).isInstanceOf(Ratio.TooNoisy.class);
    assertThat(Ratio.of(QUIET, noisy)).isInstanceOf(Ratio.TooNoisy.class);
    assertThat(Ratio.of(QUIET, noisy).text())
        .isEqualTo(
            "none: middle half of the runs spread over 1 % and 67 % of the median, 15 allowed");
  }

  @Test
  void isRefusedOverTooFewRuns() {
    Sample few = new Sample(new double[] {10, 10, 10, 10});

    assertThat(Ratio.of(few, few).text()).isEqualTo("none: 4 runs, 5 needed");
  }

  @Test
  void isRefusedIfTheOtherSideStoodStill() {
    Sample dead = new Sample(new double[] {0, 0, 0, 0, 0});

    assertThat(Ratio.of(QUIET, dead)).isInstanceOf(Ratio.TooNoisy.class);
  }

  @Test
  void needsRunsInPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.of(QUIET, new Sample(new double[] {1})));
  }
}
