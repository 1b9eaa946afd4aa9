// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.shell.region.Regions;
import dev.npa.verifier.Verdict;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// A hypervisor that lies, stalls or talks nonsense: the guest goes on, in emulation if need be.
final class HostileHypervisorTest {
  private static final ShellConfig CONFIG = ShellConfig.ofMtu(1500);
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong(SECOND);
  private final TwoGuests guests =
      new TwoGuests(CONFIG, TwoGuests.accepting(KawelaPlugin.class), clock::get);

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      guests.round(20);
    }
  }

  private void expectEmulationThatLosesNothing() {
    assertThat(guests.a.mode()).isEqualTo(ShellMode.EMULATED);
    rounds(10);
    guests.settle();
    assertThat(guests.stackA.received).isEqualTo(guests.stackB.sent);
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0", // magic
    "4, 2", // version
    "12, 0", // package length
    "12, -1",
    "12, 0x7FFFFFFF",
    "12, 0x100001",
    "20, -256", // BAR offset
    "20, 4",
    "20, 0x7FFFFF00",
    "24, 0", // BAR size
    "24, 255",
    "24, 300",
    "24, 0x10100",
    "24, -1",
    "28, 0", // queues and vectors
    "28, 0x010001",
    "28, 0x000101"
  })
  void takesNoOfferThatMakesNoSense(int field, String value) {
    guests.hostA.spoil =
        (memory, region) ->
            memory.set(
                ValueLayout.JAVA_INT_UNALIGNED, region + field, Long.decode(value).intValue());

    guests.hostA.attach();
    rounds(5);

    assertThat(guests.a.switchLog().getLast().outcome()).isEqualTo(Outcome.WITHDRAWN);
    assertThat(guests.hostA.calls).contains("withdraw 3");
    expectEmulationThatLosesNothing();
  }

  @Test
  void examinesACopyOfThePackage() {
    List<byte[]> examined = new ArrayList<>();
    List<Runnable> later = new ArrayList<>();
    TinyHost host = new TinyHost(new DeviceThread("devices"), TwoGuests.MAC_A);
    Shell shell =
        Shell.boot(
            host.device.function(),
            host.memory,
            host.interrupts,
            CONFIG,
            guests.stackA,
            bytes -> {
              examined.add(bytes);
              return new PluginGate.Answer(
                  Verdict.accepted(Regions.load(KawelaPlugin.class)), List.of());
            },
            later::add,
            clock::get);
    AtomicLong region = new AtomicLong();
    host.packageBytes = new byte[] {1, 2, 3};
    host.spoil = (memory, address) -> region.set(address);
    host.attach();
    shell.poll();

    host.memory
        .segment()
        .asSlice(region.get() + PluginConf.HEADER_BYTES, 3)
        .fill((byte) 9); // after the check, before the use
    later.forEach(Runnable::run);

    assertThat(examined).containsExactly(new byte[] {1, 2, 3});
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesUpASwitchOverThatDoesNotEnd(boolean atStop) {
    if (atStop) {
      guests.hostA.stopResult = Vmxnet3Command.RESULT_RETRY;
    } else {
      guests.hostA.activateRetries = Integer.MAX_VALUE;
    }
    guests.hostA.attach();
    rounds(20);
    assertThat(guests.a.mode()).isEqualTo(ShellMode.SWITCHING);

    clock.addAndGet(6 * SECOND);
    rounds(5);

    assertThat(guests.a.switchLog().getLast().detail()).isEqualTo("the switch-over does not end");
    expectEmulationThatLosesNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, -1, 0x80000000})
  void comesBackFromAnswersThatAreNone(int result) {
    guests.hostA.stopResult = result;
    guests.hostA.attach();
    rounds(10);

    assertThat(guests.a.switchLog().getLast().detail()).isEqualTo("emulation did not stop");
    expectEmulationThatLosesNothing();
  }

  @Test
  void keepsTheGuestsFramesWhileTheDeviceDoesNotStart() {
    guests.hostA.attach();
    rounds(10);
    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    guests.hostA.refusesActivation = true;
    guests.hostA.detach();
    rounds(10);
    assertThat(guests.a.linkUp()).isFalse();
    assertThat(guests.a.deviceTrouble()).isEqualTo("the device does not start");

    guests.hostA.refusesActivation = false;
    clock.addAndGet(SECOND);
    for (int i = 0; i < 100; i++) {
      guests.round(0);
    }

    assertThat(guests.a.linkUp()).isTrue();
    expectEmulationThatLosesNothing();
  }

  @Test
  void triesADeviceThatDoesNotStartTenTimesASecondAtMost() {
    guests.hostA.attach();
    rounds(10);
    guests.hostA.refusesActivation = true;
    guests.hostA.detach();
    rounds(10);
    long before = guests.a.statistics().deviceRestarts();

    for (int i = 0; i < 10_000; i++) {
      clock.addAndGet(SECOND / 10_000);
      guests.a.poll();
    }

    assertThat(guests.a.statistics().deviceRestarts() - before).isBetween(5L, 10L);
  }

  @Test
  void startsASilentDeviceAnewAndSendsEachFrameOnce() {
    guests.thread.remove(guests.hostA.device);
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 50);
    for (int i = 0; i < 200; i++) {
      guests.a.poll();
    }
    clock.addAndGet(6 * SECOND);
    for (int i = 0; i < 200; i++) {
      guests.a.poll();
    }

    assertThat(guests.a.deviceTrouble()).isEqualTo("the device does not send");
    guests.thread.add(guests.hostA.device);
    expectEmulationThatLosesNothing();
  }

  @Test
  void remembersEventStormsInBoundedMemory() {
    guests.hostA.spoil = (memory, region) -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, region, 0);
    for (int i = 0; i < 10_000; i++) {
      guests.hostA.attach();
      guests.a.poll();
      guests.hostA.device.deviceImplementationChanged(i % 3 == 0);
      guests.a.poll();
    }

    assertThat(guests.a.switchLog()).hasSize(4096);
    guests.hostA.offering = false;
    guests.hostA.device.deviceImplementationChanged(false);
    expectEmulationThatLosesNothing();
  }

  @Test
  void refusesDeviceCountersThatCannotBe() {
    guests.hostA.vf.lie = 1L << 60;
    guests.hostA.attach();
    rounds(50);
    clock.addAndGet(SECOND);
    rounds(100);

    // Nothing is known then; the function works on.
    assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    guests.hostA.detach();
    rounds(10);
    assertThat(guests.a.switchLog().getLast().books().known()).isFalse();
    expectEmulationThatLosesNothing();
  }
}
