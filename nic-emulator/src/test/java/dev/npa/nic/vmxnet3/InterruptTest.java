// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InterruptTest {
  private final TestGuest guest = new TestGuest();

  private void start(int autoMask) {
    guest.setByte(TestGuest.SHARED + DriverShared.AUTO_MASK, autoMask);
    guest.start();
    guest.putRxHeads(20);
  }

  private void receive() {
    assertThat(guest.receive(Frames.plain(TestGuest.MAC.value(), 60, 1))).isTrue();
  }

  @Test
  void firesForEveryCauseWhileOpen() {
    start(0);
    receive();
    receive();

    assertThat(guest.messages).containsExactly(0, 0);
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isZero();
  }

  @Test
  void masksItselfWhenTheDriverAskedForIt() {
    start(1);
    receive();
    receive();

    assertThat(guest.messages).containsExactly(0);
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isEqualTo(1);
  }

  @Test
  void deliversOnceWhatPendedAsTheDriverUnmasks() {
    start(1);
    receive();
    receive();
    receive();
    guest.pt.write32(Vmxnet3Registers.IMR, 0);
    assertThat(guest.messages).containsExactly(0, 0);
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isEqualTo(1);

    guest.pt.write32(Vmxnet3Registers.IMR, 0);

    assertThat(guest.messages).containsExactly(0, 0);
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isZero();
  }

  @Test
  void pendsWhileTheDriverMasks() {
    start(0);
    guest.pt.write32(Vmxnet3Registers.IMR, 1);
    receive();
    assertThat(guest.messages).isEmpty();

    guest.pt.write32(Vmxnet3Registers.IMR, 0);

    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void masksEachVectorForItself() {
    start(0);
    guest.pt.write32(Vmxnet3Registers.IMR, 1);
    receive();
    guest.device.link(true);

    assertThat(guest.messages).containsExactly(1);
  }

  @Test
  void holdsBackWhatSharedMemoryDisables() {
    start(0);
    guest.setInt(TestGuest.SHARED + DriverShared.INTR_CTRL, 1);
    receive();
    guest.pt.write32(Vmxnet3Registers.IMR, 0);
    guest.device.poll();
    assertThat(guest.messages).isEmpty();

    guest.setInt(TestGuest.SHARED + DriverShared.INTR_CTRL, 0);
    guest.device.poll();
    guest.device.poll();

    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void deliversWhatWasDisabledAsTheDriverUnmasks() {
    start(0);
    guest.setInt(TestGuest.SHARED + DriverShared.INTR_CTRL, 1);
    receive();
    guest.setInt(TestGuest.SHARED + DriverShared.INTR_CTRL, 0);
    guest.pt.write32(Vmxnet3Registers.IMR, 0);

    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void showsCausesInIcrWithoutMsiX() {
    start(0);
    ConfigSpace config = guest.device.function().config();
    config.write(PciIdentity.MSIX_CONTROL, 2, 0);
    assertThat(guest.vd.read32(Vmxnet3Registers.ICR)).isZero();
    receive();

    assertThat(guest.vd.read32(Vmxnet3Registers.ICR)).isEqualTo(1);
    assertThat(guest.vd.read32(Vmxnet3Registers.ICR)).isZero();
    assertThat(guest.messages).isEmpty();
    guest.vd.write32(Vmxnet3Registers.ICR, 1);
    assertThat(guest.vd.read32(Vmxnet3Registers.ICR)).isZero();
  }

  @Test
  void obeysTheFunctionMaskOfMsiX() {
    start(0);
    ConfigSpace config = guest.device.function().config();
    config.write(PciIdentity.MSIX_CONTROL, 2, PciIdentity.MSIX_ENABLE | PciIdentity.MSIX_MASK_ALL);
    receive();
    assertThat(guest.messages).isEmpty();
    config.write(PciIdentity.MSIX_CONTROL, 2, PciIdentity.MSIX_ENABLE);

    assertThat(guest.messages).containsExactly(0);
  }

  /// The driver's loop of auto-mask: handle all there is, unmask, wait for the message. A cause
  /// lost between "nothing there" and the unmasking would leave the driver waiting for ever.
  @Test
  void losesNoCauseWhenDriverUnmasksAsDeviceRaises() throws InterruptedException {
    AtomicInteger raised = new AtomicInteger();
    AtomicInteger fired = new AtomicInteger();
    dev.npa.nic.pci.MsiX msiX =
        new dev.npa.nic.pci.MsiX(25, 0x1000, (_, _) -> fired.incrementAndGet() > 0);
    msiX.write32(12, 0);
    msiX.control(true, false);
    InterruptState interrupts = new InterruptState(msiX);
    interrupts.enableMsiX(true);
    interrupts.activate(new SharedArea(guest.bytes, TestGuest.SHARED), true);
    interrupts.mask(0, false);
    AtomicInteger handled = new AtomicInteger();
    int causes = 20_000;
    Thread driver =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int seen = 0; handled.get() < causes; ) {
                    if (fired.get() != seen) {
                      seen = fired.get();
                      handled.set(raised.get());
                      interrupts.mask(0, false);
                    } else {
                      Thread.onSpinWait();
                    }
                  }
                });
    for (int i = 0; i < causes; i++) {
      raised.incrementAndGet();
      interrupts.raise(0);
    }
    driver.join();

    assertThat(handled).hasValue(causes);
  }
}
