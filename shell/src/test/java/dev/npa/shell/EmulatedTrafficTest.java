// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kawela.vf.KawelaPlugin;

final class EmulatedTrafficTest {
  private final TwoGuests guests = new TwoGuests(ShellConfig.ofMtu(1500), KawelaPlugin.class);

  @Test
  void carriesFramesBothWaysInOrder() {
    for (int i = 0; i < 200; i++) {
      guests.round(40);
    }
    guests.settle();

    assertThat(guests.stackA.sent).isGreaterThan(4000);
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
    assertThat(guests.stackA.received).isEqualTo(guests.stackB.sent);
    ShellStatistics statistics = guests.a.statistics();
    assertThat(statistics.emulated().framesSent()).isEqualTo(guests.stackA.sent);
    assertThat(statistics.emulated().framesReceived()).isEqualTo(guests.stackA.received);
    assertThat(statistics.framesInFlight()).isZero();
  }

  @Test
  void carriesJumboFramesInSeveralBuffers() {
    TwoGuests jumbo = new TwoGuests(ShellConfig.ofMtu(9000), KawelaPlugin.class);

    for (int i = 0; i < 100; i++) {
      jumbo.round(10);
    }
    jumbo.settle();

    assertThat(jumbo.stackB.received).isEqualTo(1000).isEqualTo(jumbo.stackA.sent);
  }

  @Test
  void worksWithTheSmallestRings() {
    ShellConfig small = new ShellConfig(1500, 64, 64, 128, 128, 4096);
    TwoGuests tight = new TwoGuests(small, KawelaPlugin.class);

    for (int i = 0; i < 300; i++) {
      tight.round(50);
    }
    tight.settle();

    assertThat(tight.stackB.received).isEqualTo(tight.stackA.sent).isGreaterThan(3000);
  }

  @Test
  void saysNoInsteadOfDroppingWhenTheQueueIsFull() {
    guests.stackA.send(guests.a, TwoGuests.MAC_B, 5000); // Nobody polls.

    assertThat(guests.stackA.sent).isEqualTo(1024);
    guests.settle();
    assertThat(guests.stackB.received).isEqualTo(1024);
  }

  @Test
  void sleepsUntilAnInterruptSaysThatThereIsWork() {
    guests.settle();
    assertThat(guests.b.poll()).isFalse();

    guests.stackA.send(guests.a, TwoGuests.MAC_B, 1);
    guests.thread.pollUntilIdle();

    assertThat(guests.b.poll()).isTrue();
    assertThat(guests.stackB.received).isEqualTo(1);
  }

  @Test
  void changesItsMacAddressOnlyIfPolicyAllows() {
    MacAddress wanted = MacAddress.parse("02:00:00:00:00:cc");
    guests.hostA.allow = false;
    assertThat(guests.a.setMac(wanted)).isFalse();
    assertThat(guests.a.mac()).isEqualTo(TwoGuests.MAC_A);

    guests.hostA.allow = true;
    assertThat(guests.a.setMac(wanted)).isTrue();
    assertThat(guests.hostA.device.mac()).isEqualTo(wanted);
    assertThat(guests.a.permanentMac()).isEqualTo(TwoGuests.MAC_A);
  }

  @Test
  void setsReceiveModeGroupsAndVlans() {
    MacAddress group = MacAddress.parse("01:00:5e:00:00:01");

    assertThat(guests.a.setRxMode(0x1F)).isTrue();
    assertThat(guests.a.setMulticast(List.of(group))).isTrue();
    assertThat(guests.a.setVlan(100, true)).isTrue();

    assertThat(guests.hostA.device.rxMode()).isEqualTo(0x1F);
    assertThat(guests.hostA.calls).contains("multicast [01:00:5e:00:00:01]");
  }
}
