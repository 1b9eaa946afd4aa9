// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.region.Faulty;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

final class ModeSwitchTest {
  private static final ShellConfig CONFIG = ShellConfig.ofMtu(1500);

  private static void expectNothingLost(TwoGuests guests) {
    guests.settle();
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
    assertThat(guests.stackA.received).isEqualTo(guests.stackB.sent);
  }

  private static void rounds(TwoGuests guests, int count) {
    for (int i = 0; i < count; i++) {
      guests.round(20);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1500, 9000})
  void movesToTheVirtualFunctionAndBackUnderLoad(int mtu) {
    TwoGuests guests = new TwoGuests(ShellConfig.ofMtu(mtu), KawelaPlugin.class);
    for (int i = 0; i < 10; i++) {
      rounds(guests, 7);
      guests.hostA.attach();
      rounds(guests, 20);
      assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
      guests.hostB.attach();
      rounds(guests, 20);
      assertThat(guests.b.mode()).isEqualTo(ShellMode.PASSTHROUGH);
      guests.hostA.detach();
      rounds(guests, 5);
      assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
      guests.hostB.detach();
    }
    expectNothingLost(guests);

    ShellStatistics statistics = guests.a.statistics();
    assertThat(statistics.passthrough().framesSent()).isPositive();
    assertThat(statistics.passthrough().framesReceived()).isPositive();
    assertThat(statistics.passthrough().framesSent() + statistics.emulated().framesSent())
        .isEqualTo(guests.stackA.sent);
    assertThat(guests.a.switchLog())
        .extracting(SwitchRecord::outcome)
        .hasSize(20)
        .startsWith(Outcome.TO_PASSTHROUGH, Outcome.TO_EMULATED);
  }

  @Test
  void sendsAgainWhatTheFunctionHadNotSentWhenItWasTakenBack() {
    TwoGuests guests = new TwoGuests(CONFIG, KawelaPlugin.class);
    guests.hostA.attach();
    guests.settle();
    guests.hostA.vf.stall();
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 100);
    guests.hostA.detach();
    expectNothingLost(guests);

    assertThat(guests.a.statistics().framesResent()).isEqualTo(100);
    assertThat(guests.a.switchLog().getLast().framesResent()).isEqualTo(100);
  }

  @Test
  void staysInEmulatedModeWhenTheGateRefuses() {
    Refusal refusal =
        new Refusal(RuleId.S001_UNSIGNED, new Location.Package("package"), "unsigned", "sign it");
    TwoGuests guests =
        new TwoGuests(CONFIG, bytes -> new PluginGate.Answer(Verdict.refused(refusal), List.of()));

    guests.hostA.attach();
    rounds(guests, 5);
    expectNothingLost(guests);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(guests.a.switchLog().getLast().refusals()).containsExactly(refusal);
    assertThat(guests.hostA.calls).contains("withdraw 2");
  }

  @Test
  void refusesWhenTheGateItselfFails() {
    TwoGuests guests =
        new TwoGuests(
            CONFIG,
            bytes -> {
              throw new IllegalStateException("broken");
            });

    guests.hostA.attach();
    guests.settle();

    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(guests.a.switchLog().getLast().detail()).contains("broken");
  }

  @Test
  void comesBackWhenTheFunctionIsNotActivated() {
    TwoGuests guests = new TwoGuests(CONFIG, KawelaPlugin.class);
    guests.hostA.activateResult = Vmxnet3Command.RESULT_FAIL;

    rounds(guests, 5);
    guests.hostA.attach();
    rounds(guests, 20);
    expectNothingLost(guests);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.WITHDRAWN);
    assertThat(guests.hostA.calls).contains("withdraw 3");
  }

  @Test
  void triesAgainWhileFramesWaitForTheEmulatedRing() {
    TwoGuests guests = new TwoGuests(CONFIG, KawelaPlugin.class);
    guests.hostA.activateRetries = 3;

    guests.hostA.attach();
    rounds(guests, 20);
    expectNothingLost(guests);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
  }

  @Test
  void noticesAnOfferThatFollowsATakeBackAtOnce() {
    TwoGuests guests = new TwoGuests(CONFIG, KawelaPlugin.class);
    guests.hostA.attach();
    rounds(guests, 20);

    guests.hostA.detach();
    guests.hostA.attach();
    rounds(guests, 20);
    expectNothingLost(guests);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    assertThat(guests.a.switchLog())
        .extracting(SwitchRecord::outcome)
        .containsExactly(Outcome.TO_PASSTHROUGH, Outcome.TO_EMULATED, Outcome.TO_PASSTHROUGH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesAFaultyPluginAndSendsItsFramesByEmulation(boolean deviceCounts) {
    TwoGuests guests = new TwoGuests(CONFIG, Faulty.class);
    guests.hostA.counts = deviceCounts;
    guests.hostA.attach();
    while (guests.a.mode() != ShellMode.PASSTHROUGH) {
      guests.round(0);
    }
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 100);

    for (int i = 0; i < 60; i++) {
      guests.round(0);
    }
    expectNothingLost(guests);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
    assertThat(guests.a.statistics().pluginFaults()).isEqualTo(1);
    ShellStatistics statistics = guests.a.statistics();
    assertThat(deviceCounts ? statistics.framesResent() : statistics.framesUncertain())
        .isGreaterThanOrEqualTo(100);
    assertThat(deviceCounts ? statistics.framesUncertain() : statistics.framesResent()).isZero();
    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.FAULTED);
    assertThat(guests.a.switchLog().getLast().detail()).isEqualTo("ArithmeticException");
    assertThat(guests.hostA.calls).contains("stopped");
  }
}
