// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.QuarantinedVf;
import dev.npa.hypervisor.VmMode;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.shell.ShellStatistics;
import dev.npa.shell.SwitchRecord;
import dev.npa.testbed.Await;
import dev.npa.testbed.Guest;
import dev.npa.testbed.SamplePlugin;
import dev.npa.testbed.Testbed;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One host with two guests that send to each other without end. The first gets a hostile plugin
/// after the other; the second works with an honest one all the time.
final class ContainRun implements AutoCloseable {
  private static final int MTU = 1500;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(2);

  /// Frames that have to arrive in each direction after a trial: the guests are well.
  private static final int AFTERWARDS = 500;

  private final HostilePackages packages;
  private final ThrowawayPki pki;
  private final Testbed testbed;
  private final Guest victim;
  private final Guest bystander;
  private final CountedFlow out;
  private final CountedFlow back;

  ContainRun(Path image) throws IOException, GeneralSecurityException {
    packages = HostilePackages.fromImage(image);
    pki = ThrowawayPki.create("Hostile sample vendor", Instant.now());
    byte[] honest = SamplePlugin.fromImage(image).signedPackage(pki.vendorKey());
    testbed = new Testbed(pki.trustAnchors(), ShellConfig.ofMtu(MTU));
    victim = testbed.guests().getFirst();
    bystander = testbed.guests().getLast();
    out = flow(victim, bystander);
    back = flow(bystander, victim);
    switch (testbed.store().offer(honest)) {
      case Verdict.Accepted<VerifiedPlugin> _ -> attachBystander();
      case Verdict.Refused<VerifiedPlugin> refused ->
          throw new IllegalStateException("the honest plugin: " + refused.refusals());
    }
  }

  private static CountedFlow flow(Guest from, Guest to) {
    CountedFlow flow = new CountedFlow(from.shell(), from.vm().mac(), to.vm().mac());
    to.receiveInto(flow::arrived);
    from.run(flow);
    return flow;
  }

  private void attachBystander() {
    if (testbed.hypervisor().attachVf(bystander.vm()) != Attach.OFFERED
        || !Await.until(() -> bystander.vm().mode() == VmMode.PASSTHROUGH, LIMIT)) {
      throw new IllegalStateException("the honest plugin did not start");
    }
  }

  List<String> misdeeds() {
    return packages.misdeeds();
  }

  /// @param progress hears of every trial when it is over
  List<Trial> run(List<String> misdeeds, Consumer<Trial> progress) throws GeneralSecurityException {
    List<Trial> trials = new ArrayList<>();
    for (String misdeed : misdeeds) {
      Trial trial = trial(misdeed, packages.signed(misdeed, pki.vendorKey()));
      trials.add(trial);
      progress.accept(trial);
      if (!trial.ended()) {
        break; // The next would find the guest in an unknown state.
      }
    }
    return trials;
  }

  private Trial trial(String misdeed, byte[] signed) {
    Balance victimBefore = Balance.of(victim);
    Balance bystanderBefore = Balance.of(bystander);
    long resentBefore = statistics(victim).framesResent();
    int logged = victim.call(() -> victim.shell().switchLog()).size();
    onVcpu(out::start);
    onVcpu(back::start);
    Attach attach = testbed.hypervisor().offerPackage(victim.vm(), signed);
    if (attach != Attach.OFFERED) {
      throw new IllegalStateException("no function for " + misdeed + ": " + attach);
    }
    boolean ended = Await.until(() -> isBack(logged), LIMIT) && trafficGoesOn();
    onVcpu(out::pause);
    onVcpu(back::pause);
    Await.until(() -> unaccounted(victimBefore, bystanderBefore) == 0, SETTLING);

    List<QuarantinedVf> quarantined = testbed.hypervisor().quarantined();
    quarantined.forEach(vf -> testbed.hypervisor().release(vf.vf()));
    List<SwitchRecord> log = victim.call(() -> victim.shell().switchLog());
    SwitchRecord last = log.getLast();
    boolean byHost = last.outcome() != SwitchRecord.Outcome.FAULTED;
    Balance ofVictim = Balance.of(victim).minus(victimBefore);
    Balance ofBystander = Balance.of(bystander).minus(bystanderBefore);
    return new Trial(
        misdeed,
        ended,
        byHost && !quarantined.isEmpty() ? quarantined.getFirst().reason() : last.detail(),
        byHost,
        List.of(victim.call(out::tally), victim.call(back::tally)),
        statistics(victim).framesResent() - resentBefore,
        dropped(ofVictim) + dropped(ofBystander),
        ofVictim.falselyCompleted() + ofVictim.abandoned(),
        unaccounted(victimBefore, bystanderBefore));
  }

  private boolean isBack(int logged) {
    return victim.vm().mode() == VmMode.EMULATED
        && victim.call(() -> victim.shell().mode()) == ShellMode.EMULATED
        && victim.call(() -> victim.shell().switchLog()).size() > logged
        && !testbed.hypervisor().quarantined().isEmpty();
  }

  private boolean trafficGoesOn() {
    int outBefore = victim.call(out::tally).intact();
    int backBefore = victim.call(back::tally).intact();
    return Await.until(
        () ->
            victim.call(out::tally).intact() > outBefore + AFTERWARDS
                && victim.call(back::tally).intact() > backBefore + AFTERWARDS,
        LIMIT);
  }

  /// In both directions; 0 also means that nothing is on its way any more.
  private long unaccounted(Balance victimBefore, Balance bystanderBefore) {
    Balance ofVictim = Balance.of(victim).minus(victimBefore);
    Balance ofBystander = Balance.of(bystander).minus(bystanderBefore);
    long outwards = ofVictim.unaccounted(victim.call(out::tally), ofBystander);
    long backwards = ofBystander.unaccounted(victim.call(back::tally), ofVictim);
    long switched = ofVictim.switchDropped() + ofBystander.switchDropped();
    return Math.abs(outwards) + Math.abs(backwards) - switched;
  }

  private static long dropped(Balance balance) {
    return balance.sendDropped() + balance.receiveDropped() + balance.switchDropped();
  }

  private static ShellStatistics statistics(Guest guest) {
    return guest.call(() -> guest.shell().statistics());
  }

  private void onVcpu(Runnable action) {
    victim.call(
        () -> {
          action.run();
          return true;
        });
  }

  @Override
  public void close() {
    testbed.close();
  }
}
