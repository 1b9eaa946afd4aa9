// SPDX-License-Identifier: MIT
package dev.npa.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SampleTest {
  @Test
  void takesTheMiddleOfAnOddNumberOfRunsWhateverTheirOrder() {
    assertThat(sample(5, 1, 3).median()).isEqualTo(3);
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(sample(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  @Test
  void knowsItsExtremes() {
    assertThat(sample(4, 1, 3).min()).isEqualTo(1);
    assertThat(sample(4, 1, 3).max()).isEqualTo(4);
  }

  @Test
  void spreadsByTheDistanceOfItsQuartiles() {
    assertThat(sample(8, 9, 10, 11, 12).spread()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void isNotMovedByOneSpoiltRun() {
    assertThat(sample(10, 10, 10, 10, 10, 10, 0.01).spread()).isZero();
  }

  @Test
  void refusesToBeEmptyOrInfinite() {
    assertThatIllegalArgumentException().isThrownBy(SampleTest::sample);
    assertThatIllegalArgumentException().isThrownBy(() -> sample(1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> sample(Double.POSITIVE_INFINITY));
  }

  private static Sample sample(double... values) {
    return new Sample(values);
  }
}
