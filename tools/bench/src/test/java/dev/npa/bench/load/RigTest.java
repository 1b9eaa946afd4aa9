// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.bench.TestImage;
import dev.npa.testbed.Await;
import dev.npa.testbed.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames get through, whatever the rig.
final class RigTest {
  private static final long FRAMES = 5_000;
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  @TempDir static Path image;

  @BeforeAll
  static void makeImage() throws IOException {
    TestImage.in(image);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cores.class,
      names = {"ONE", "TWO"})
  void passesFramesThroughVirtualFunctions(Cores cores) throws Exception {
    try (Rig rig = new Rig.Maker(image).passthrough(2, cores)) {
      deliver(rig);
      assertThat(
              rig.guest(0).call(() -> rig.guest(0).shell().statistics().passthrough().framesSent()))
          .isGreaterThanOrEqualTo(FRAMES);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Cores.class,
      names = {"ONE", "TWO"})
  void passesFramesThroughTheVirtualSwitch(Cores cores) throws Exception {
    try (Rig rig = new Rig.Maker(image).emulated(2, cores, Rig.RING)) {
      deliver(rig);
    }
  }

  @Test
  void passesFramesThroughTheSmallestRings() throws Exception {
    try (Rig rig = new Rig.Maker(image).passthrough(2, Cores.ONE, 64)) {
      deliver(rig);
    }
  }

  @Test
  void letsEachVendorsPluginThroughTheGate() throws Exception {
    try (Rig rig = new Rig.Maker(image).vendors(List.of("acme", "brill"), Cores.ONE)) {
      deliver(rig);
    }
  }

  @Test
  void deliversEveryFrameOfALightOpenLoad() throws Exception {
    try (Rig rig = new Rig.Maker(image).passthrough(2, Cores.TWO)) {
      OpenLoop flow = OpenLoop.between(rig.guest(0), rig.guest(1));
      OpenLoop.Trial trial = flow.offer(FrameMix.imix(), 1_000, Duration.ofMillis(200));

      assertThat(trial.offered()).isEqualTo(200);
      assertThat(trial.sent()).isEqualTo(trial.delivered());
      assertThat(trial.latency().getTotalCount()).isEqualTo(trial.delivered());
    }
  }

  private static void deliver(Rig rig) {
    ClosedLoop flow = ClosedLoop.between(rig.guest(0), rig.guest(1));
    flow.start(FrameMix.of(64), 32, rig.window());
    boolean arrived =
        Await.whileProgressing(() -> flow.delivered() >= FRAMES, flow::delivered, STANDSTILL);
    flow.stop();

    assertThat(arrived).as("%d frames arrived", flow.delivered()).isTrue();
  }
}
