// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.region.Regions;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kawela.vf.KawelaPlugin;

/// A guest whose trust changes while it uses a plugin, or is about to.
final class ChangingTrustTest {
  private static final Refusal DENIED =
      new Refusal(RuleId.T007_DENIED, new Location.Package("package"), "recalled", "get another");

  private final ChangingGate gate = new ChangingGate();
  private final TwoGuests guests = new TwoGuests(ShellConfig.ofMtu(1500), gate);

  /// Lets one plugin in until the test changes its mind.
  private static final class ChangingGate implements PluginGate {
    private final List<Runnable> meanwhile = new ArrayList<>();
    private List<Refusal> objections = List.of();
    private boolean broken;
    private long edition;
    private int rechecks;

    @Override
    public Answer examine(byte[] packageBytes) {
      Verdict<LoadedPlugin> verdict =
          objections.isEmpty()
              ? Verdict.accepted(Regions.load(KawelaPlugin.class))
              : new Verdict.Refused<>(objections);
      meanwhile.forEach(Runnable::run);
      meanwhile.clear();
      return new Answer(verdict, List.of());
    }

    @Override
    public List<Refusal> objections(byte[] packageBytes) {
      rechecks++;
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return objections;
    }

    @Override
    public long edition() {
      return edition;
    }

    void refuse() {
      objections = List.of(DENIED);
      edition++;
    }
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      guests.round(20);
    }
  }

  private void toPassthrough() {
    guests.hostA.attach();
    rounds(20);
    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
  }

  private void expectEmulationThatLosesNothing() {
    assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
    rounds(10);
    guests.settle();
    assertThat(guests.stackA.received).isEqualTo(guests.stackB.sent);
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
  }

  @Test
  void leavesAPluginThatItsTrustRefusesByNow() {
    toPassthrough();

    gate.refuse();
    rounds(5);

    SwitchRecord last = guests.a.switchLog().getLast();
    assertThat(last.outcome()).isEqualTo(Outcome.RECALLED);
    assertThat(last.refusals()).containsExactly(DENIED);
    assertThat(last.books().known()).isTrue();
    assertThat(guests.hostA.calls).contains("stopped");
    expectEmulationThatLosesNothing();
    assertThat(guests.a.statistics().pluginFaults()).isZero();
  }

  @Test
  void sendsAgainWhatTheFunctionHadNotSent() {
    toPassthrough();
    guests.settle();
    guests.hostA.vf.stall();
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 100);

    gate.refuse();
    guests.settle();

    assertThat(guests.a.switchLog().getLast().framesResent()).isEqualTo(100);
    expectEmulationThatLosesNothing();
  }

  @Test
  void keepsAPluginThatIsStillAdmittedAndAsksOnce() {
    toPassthrough();

    gate.edition++;
    rounds(20);

    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    assertThat(gate.rechecks).isEqualTo(1);
  }

  @Test
  void leavesAPluginWhenTheGateCannotDecide() {
    toPassthrough();

    gate.broken = true;
    gate.edition++;
    rounds(5);

    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.RECALLED);
    assertThat(guests.a.switchLog().getLast().detail()).contains("the gate failed", "broken");
    expectEmulationThatLosesNothing();
  }

  @Test
  void believesNoAnswerThatIsOlderThanItsTrust() {
    gate.meanwhile.add(gate::refuse);

    guests.hostA.attach();
    rounds(20);

    assertThat(guests.a.switchLog())
        .extracting(SwitchRecord::outcome)
        .containsExactly(Outcome.REFUSED);
    expectEmulationThatLosesNothing();
  }

  @Test
  void givesUpASwitchOverWhosePluginIsRefusedMeanwhile() {
    guests.hostA.activateRetries = 5;
    guests.hostA.attach();
    while (guests.a.mode() != ShellMode.SWITCHING) {
      guests.round(20);
    }

    gate.refuse();
    rounds(20);

    SwitchRecord last = guests.a.switchLog().getLast();
    assertThat(last.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(last.refusals()).containsExactly(DENIED);
    assertThat(guests.hostA.calls).contains("withdraw 2");
    expectEmulationThatLosesNothing();
  }
}
