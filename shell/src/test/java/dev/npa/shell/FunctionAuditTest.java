// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.region.Faulty;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// Hostile plugins are in `npa contain`; here is what an honest one may rely on.
final class FunctionAuditTest {
  private static final long MILLISECOND = 1_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final TwoGuests guests =
      new TwoGuests(
          ShellConfig.ofMtu(1500), TwoGuests.accepting(KawelaPlugin.class), this::nanoTime);

  /// Time passes a little whenever somebody looks.
  private long nanoTime() {
    return clock.addAndGet(1000);
  }

  private void attachA() {
    guests.hostA.attach();
    for (int i = 0; i < 20; i++) {
      guests.round(4);
    }
    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsNoFaultWithAnHonestPluginHoweverTimePasses(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    attachA();
    for (int i = 0; i < 20_000; i++) {
      clock.addAndGet(random.nextInt(20) == 0 ? random.nextLong(400 * MILLISECOND) : 1000);
      guests.round(random.nextInt(3) == 0 ? random.nextInt(40) : 0);
    }
    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);

    guests.hostA.detach();
    guests.settle();
    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.TO_EMULATED);
    assertThat(guests.a.switchLog().getLast().books()).isEqualTo(Reconciliation.NOTHING);
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
    assertThat(guests.stackA.received).isEqualTo(guests.stackB.sent);
  }

  @Test
  void givesUpAFunctionThatDoesNotSend() {
    attachA();
    guests.settle();
    guests.hostA.vf.stall();
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 30);

    for (int i = 0; i < 400; i++) {
      clock.addAndGet(10 * MILLISECOND);
      guests.round(0);
    }

    assertThat(guests.a.switchLog().getLast().detail())
        .isEqualTo("does not send frames that it was given");
    assertThat(guests.a.switchLog().getLast().framesResent()).isEqualTo(30);
    guests.settle();
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
  }

  @Test
  void countsWhatTheDeviceSentWhenItCannotAskThePlugin() {
    TwoGuests faulty =
        new TwoGuests(ShellConfig.ofMtu(1500), TwoGuests.accepting(Faulty.class), clock::get);
    faulty.hostA.attach();
    for (int i = 0; i < 20; i++) {
      faulty.round(0);
    }
    faulty.hostA.vf.lie = 7; // so many of the next frames went out, says the device
    faulty.stackA.send(faulty.a, TwoGuests.MAC_B, 20);
    for (int i = 0; i < 60; i++) {
      faulty.a.poll();
    }

    Reconciliation books = faulty.a.switchLog().getLast().books();
    assertThat(books.settled()).isEqualTo(7);
    assertThat(books.resent()).isEqualTo(13);
  }

  @Test
  void looksOnceASecondAtAnIdleFunction() {
    attachA();
    guests.settle();
    int before = guests.hostA.countersAsked;
    for (int i = 0; i < 5_000; i++) {
      clock.addAndGet(MILLISECOND);
      guests.a.poll();
    }

    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    assertThat(guests.hostA.countersAsked - before).isBetween(4, 7);
  }
}
