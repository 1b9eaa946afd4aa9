// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.guest.Vcpu;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kawela.vf.KawelaPlugin;

/// Devices on one thread, both guests on another: what real use looks like.
@Timeout(
    value = 60,
    unit = TimeUnit.SECONDS,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // A lost wake-up would hang.
final class ThreadedSwitchTest {
  private final TwoGuests guests = new TwoGuests(ShellConfig.ofMtu(1500), KawelaPlugin.class);
  private final Vcpu vcpu = new Vcpu("vcpu");

  private void await(BooleanSupplier condition) {
    while (!vcpu.call(condition::getAsBoolean)) {
      Thread.onSpinWait();
    }
  }

  private boolean everythingArrived() {
    return guests.stackB.received == guests.stackA.sent
        && guests.stackA.received == guests.stackB.sent;
  }

  @RepeatedTest(4)
  void losesNothingWhileBothGuestsSwitchUnderLoad() {
    AtomicBoolean sending = new AtomicBoolean(true);
    guests.hostA.interrupts.onMessage(vcpu::wake);
    guests.hostB.interrupts.onMessage(vcpu::wake);
    vcpu.add(guests.a);
    vcpu.add(guests.b);
    vcpu.add(
        () -> {
          if (sending.get()) {
            guests.stackA.send(guests.a, TwoGuests.MAC_B, 16);
            guests.stackB.send(guests.b, TwoGuests.MAC_A, 16);
          }
          return sending.get();
        });
    guests.thread.start();
    vcpu.start();
    for (int i = 0; i < 10; i++) {
      guests.hostA.attach();
      await(() -> guests.a.mode() == ShellMode.PASSTHROUGH);
      guests.hostB.attach();
      await(() -> guests.b.mode() == ShellMode.PASSTHROUGH);
      int before = vcpu.call(() -> guests.stackB.received);
      await(() -> guests.stackB.received > before + 100);
      guests.hostA.detach();
      await(() -> guests.a.mode() == ShellMode.EMULATED);
      guests.hostB.detach();
      await(() -> guests.b.mode() == ShellMode.EMULATED);
    }
    sending.set(false);
    await(this::everythingArrived);

    vcpu.close();
    guests.thread.close();
    assertThat(guests.stackA.sent).isPositive();
    assertThat(guests.a.switchLog()).hasSize(20);
  }

  @Test
  void wakesUpForEverySingleFrameAfterSleeping() {
    guests.hostA.interrupts.onMessage(vcpu::wake);
    guests.hostB.interrupts.onMessage(vcpu::wake);
    vcpu.add(guests.a);
    vcpu.add(guests.b);
    guests.thread.start();
    vcpu.start();
    for (int i = 0; i < 200; i++) {
      vcpu.call(
          () -> {
            guests.stackA.send(guests.a, TwoGuests.MAC_B, 1);
            return true;
          });
      await(this::everythingArrived);
    }

    vcpu.close();
    guests.thread.close();
    assertThat(guests.stackB.received).isEqualTo(200);
  }
}
