// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadTest {
  @Test
  void sendsTheSizesOfRfc2544AndAMix() {
    assertThat(FrameMix.all().stream().map(FrameMix::name))
        .isEqualTo(List.of("64", "128", "256", "512", "1024", "1280", "1518", "imix"));
  }

  @Test
  void mixesSevenToFourToOne() {
    FrameMix imix = FrameMix.imix();

    assertThat(Arrays.stream(imix.lengths()).filter(length -> length == 60)).hasSize(37);
    assertThat(Arrays.stream(imix.lengths()).filter(length -> length == 590)).hasSize(21);
    assertThat(Arrays.stream(imix.lengths()).filter(length -> length == 1514)).hasSize(6);
    assertThat(imix.meanBytes()).isCloseTo(374.2, within(0.1));
  }

  @Test
  void refusesFramesThatEthernetDoesNotHave() {
    assertThatIllegalArgumentException().isThrownBy(() -> FrameMix.of(63));
    assertThatIllegalArgumentException().isThrownBy(() -> FrameMix.of(1519));
  }

  @Test
  void findsTheHighestRateWithoutLoss() {
    double found = LossFree.search(10_000_000, rate -> rate <= 6_300_000);

    assertThat(found).isBetween(6_300_000 - 10_000_000 / 128.0, 6_300_000.0);
  }

  @Test
  void findsNothingIfEveryTrialLoses() {
    assertThat(LossFree.search(10_000_000, rate -> false)).isZero();
  }
}
