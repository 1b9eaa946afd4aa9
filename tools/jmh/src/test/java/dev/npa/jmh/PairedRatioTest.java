// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
  private static final long SEED = 20112;

  @Test
  void seesASmallDifferenceThroughNoiseThatBothOfAPairHave() {
    Random random = new Random(SEED);
    double[] raw = IntStream.range(0, 20).mapToDouble(i -> 40 + 60 * random.nextDouble()).toArray();
    double[] metered =
        Arrays.stream(raw).map(time -> time * (1.03 + random.nextGaussian() / 500)).toArray();

    PairedRatio ratio = PairedRatio.of(metered, raw);

    assertThat(ratio.low()).isGreaterThan(1.02);
    assertThat(ratio.high()).isLessThan(1.04);
  }

  @Test
  void holdsTheTrueMedianAsOftenAsItSays() {
    Random random = new Random(SEED);
    int held = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double[] skewed =
          IntStream.range(0, 15).mapToDouble(i -> Math.exp(random.nextGaussian())).toArray();
      double[] one = new double[15];
      Arrays.fill(one, 1);
      PairedRatio ratio = PairedRatio.of(skewed, one);
      held += ratio.low() <= 1 && 1 <= ratio.high() ? 1 : 0;
    }

    // Exactly 96.5 % for 15 pairs; far fewer would be a mistake in the count.
    assertThat(held).isBetween(1900, 1960);
  }

  @Test
  void leavesOutAsManyAsTablesOfTheSignTestSay() {
    assertThat(ends(6)).containsExactly(1, 6);
    assertThat(ends(10)).containsExactly(2, 9);
    assertThat(ends(15)).containsExactly(4, 12);
    assertThat(ends(20)).containsExactly(6, 15);
  }

  /// Which of the ratios 1, 2, ... n the interval of all of them ends at.
  private static int[] ends(int n) {
    double[] ratios = IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    double[] one = new double[n];
    Arrays.fill(one, 1);
    PairedRatio ratio = PairedRatio.of(ratios, one);
    return new int[] {(int) ratio.low(), (int) ratio.high()};
  }

  @Test
  void saysNothingOfTooFewPairs() {
    assertThatThrownBy(() -> PairedRatio.of(new double[5], new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 and 5 measurements");
  }
}
