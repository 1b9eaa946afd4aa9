// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.hypervisor.vswitch.Frames.frame;
import static dev.npa.hypervisor.vswitch.Frames.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.hypervisor.port.VlanSet;
import dev.npa.hypervisor.vswitch.Frames;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576Registers;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class I82576PfDriverTest {
  private static final MacAddress A = MacAddress.parse("02:00:00:00:00:0a");
  private static final MacAddress B = MacAddress.parse("02:00:00:00:00:0b");
  private static final MacAddress FAR = MacAddress.parse("02:00:00:00:ff:01");
  private static final MacAddress ALL = new MacAddress(MacAddress.BROADCAST);
  private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:01");
  private static final MacAddress OTHER_GROUP = MacAddress.parse("01:00:5e:00:00:77");

  private final PfFixture fixture = new PfFixture();
  private final I82576PfDriver pf = fixture.pf;

  private void settle() {
    fixture.thread.pollUntilIdle();
  }

  private void fromWire(String frame) {
    Frames.send(fixture.nic.fromWire(), frame);
    settle();
  }

  @Test
  void sendsTheUplinksFramesToTheWireInOrder() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 3 * HostRings.TX_DESCRIPTORS; i++) {
      sent.add(frame(FAR, A, i));
      while (!Frames.send(pf.uplink(), sent.getLast())) {
        fixture.thread.poll();
      }
    }
    settle();

    assertThat(fixture.wire.frames).isEqualTo(sent);
  }

  @Test
  void takesNoMoreThanTheRingHolds() {
    int taken = 0;
    while (Frames.send(pf.uplink(), frame(FAR, A, taken))) {
      taken++;
    }
    assertThat(taken).isEqualTo(HostRings.TX_DESCRIPTORS - 1);
    settle();
    assertThat(fixture.wire.frames).hasSize(taken);
  }

  @Test
  void takesNothingWhileTheUplinkIsHeld() {
    Frames.send(pf.uplink(), frame(FAR, A, 1));

    assertThat(pf.holdUplink()).isTrue();

    assertThat(fixture.wire.frames).hasSize(1);
    assertThat(Frames.send(pf.uplink(), frame(FAR, A, 2))).isFalse();
    pf.releaseUplink();
    assertThat(Frames.send(pf.uplink(), frame(FAR, A, 2))).isTrue();
  }

  @Test
  void receivesForAddedAddressesAndGroups() {
    pf.pfAddMacFilter(A);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2 * HostRings.RX_DESCRIPTORS; i++) {
      expected.add(frame(i % 2 == 0 ? A : ALL, FAR, i));
      fromWire(expected.getLast());
    }

    assertThat(fixture.fromDevice.frames).isEqualTo(expected);
  }

  @Test
  void leavesAnAddressToTheFunctionThatHasIt() {
    VfRings a = fixture.run(A);

    fromWire(frame(A, FAR, 1));

    assertThat(a.received()).containsExactly(frame(A, FAR, 1));
    assertThat(fixture.fromDevice.frames).isEmpty();
  }

  @Test
  void passesAJumboFrameWhole() {
    pf.pfAddMacFilter(A);
    String jumbo = frame(A, FAR, 1) + "5a".repeat(9014 - 60);

    fromWire(jumbo);
    Frames.send(pf.uplink(), jumbo.replaceFirst("0a", "0c"));
    settle();

    assertThat(fixture.fromDevice.frames).containsExactly(jumbo);
    assertThat(fixture.wire.frames).containsExactly(jumbo.replaceFirst("0a", "0c"));
  }

  @Test
  void connectsFunctionsToTheUplinkAndTheWire() {
    VfRings a = fixture.run(A);
    pf.pfAddMacFilter(B);

    a.send(List.of(frame(B, A, 1), frame(FAR, A, 2)));
    Frames.send(pf.uplink(), frame(A, B, 3));
    settle();

    assertThat(fixture.fromDevice.frames).containsExactly(frame(B, A, 1));
    assertThat(fixture.wire.frames).containsExactly(frame(FAR, A, 2));
    assertThat(a.received()).containsExactly(frame(A, B, 3));
    assertThat(a.completed()).isEqualTo(2);
  }

  @Test
  void doesNotSendTheUplinksGroupsBackToIt() {
    VfRings a = fixture.run(A);
    pf.vfSetRxMode(0, DriverShared.RX_MODE_BROADCAST);

    Frames.send(pf.uplink(), frame(ALL, B, 1));
    settle();

    assertThat(a.received()).containsExactly(frame(ALL, B, 1));
    assertThat(fixture.wire.frames).containsExactly(frame(ALL, B, 1));
    assertThat(fixture.fromDevice.frames).isEmpty();
  }

  @Test
  void receivesWhatTheRxModeSays() {
    VfRings a = fixture.run(A);
    pf.vfSetMulticast(0, List.of(GROUP));

    fromWire(frame(GROUP, FAR, 1));
    fromWire(frame(ALL, FAR, 2));
    assertThat(a.received()).isEmpty();

    pf.vfSetRxMode(0, DriverShared.RX_MODE_MULTICAST | DriverShared.RX_MODE_BROADCAST);
    fromWire(frame(GROUP, FAR, 3));
    fromWire(frame(ALL, FAR, 4));
    fromWire(frame(OTHER_GROUP, FAR, 5));
    assertThat(a.received()).containsExactly(frame(GROUP, FAR, 3), frame(ALL, FAR, 4));

    pf.vfSetRxMode(0, DriverShared.RX_MODE_ALL_MULTI);
    fromWire(frame(OTHER_GROUP, FAR, 6));
    assertThat(a.received()).containsExactly(frame(OTHER_GROUP, FAR, 6));
  }

  @Test
  void hasNoPromiscuousFunctions() {
    int vf = fixture.enable();

    assertThat(pf.vfSetRxMode(vf, DriverShared.RX_MODE_PROMISCUOUS)).isFalse();
  }

  @Test
  void dropsForgedSources() {
    VfRings a = fixture.run(A);

    a.send(List.of(frame(FAR, B, 1)));
    settle();
    assertThat(fixture.wire.frames).isEmpty();

    pf.vfSetAntiSpoof(0, false);
    a.send(List.of(frame(FAR, B, 2)));
    settle();
    assertThat(fixture.wire.frames).containsExactly(frame(FAR, B, 2));
  }

  @Test
  void movesAFunctionToAnotherAddress() {
    VfRings a = fixture.run(A);

    assertThat(pf.vfSetMac(0, B)).isTrue();
    fromWire(frame(A, FAR, 1));
    fromWire(frame(B, FAR, 2));
    a.send(List.of(frame(FAR, A, 3), frame(FAR, B, 4)));
    settle();

    assertThat(a.received()).containsExactly(frame(B, FAR, 2));
    assertThat(fixture.wire.frames).containsExactly(frame(FAR, B, 4));
  }

  @Test
  void runsOutOfMacFilters() {
    for (int i = 0; i < 24; i++) {
      assertThat(pf.pfAddMacFilter(new MacAddress(0x0200_0000_1000L + i))).isTrue();
    }
    assertThat(pf.pfAddMacFilter(B)).isFalse();
    assertThat(pf.vfSetMac(fixture.enable(), B)).isFalse();

    pf.pfDelMacFilter(new MacAddress(0x0200_0000_1000L));
    assertThat(pf.pfAddMacFilter(B)).isTrue();
  }

  @Test
  void finishesWhatWasHandedOverBeforeItQuiesces() {
    VfRings a = fixture.run(A);
    pf.pfAddMacFilter(B);
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      frames.add(frame(B, A, i));
    }
    a.send(frames);

    pf.vfQuiesce(0);
    pf.drainReceive();

    assertThat(a.completed()).isEqualTo(50);
    assertThat(fixture.fromDevice.frames).isEqualTo(frames);
    a.send(List.of(frame(B, A, 50)));
    fromWire(frame(A, FAR, 51));
    assertThat(a.completed()).isZero();
    assertThat(a.received()).isEmpty();
  }

  @Test
  void countsInDifferences() {
    VfRings a = fixture.run(A);
    fromWire(frame(A, FAR, 1));
    a.send(List.of(frame(FAR, A, 2), frame(FAR, A, 3)));
    settle();

    VfStatistics sum = new VfStatistics();
    pf.vfQueueStats(0, sum);
    pf.vfQueueStats(0, sum); // Adds nothing: nothing happened in between.

    assertThat(sum.received()).isEqualTo(1);
    assertThat(sum.receivedBytes()).isEqualTo(64);
    assertThat(sum.receivedLocal()).isZero();
    assertThat(sum.sent()).isEqualTo(2);
    assertThat(sum.sentBytes()).isEqualTo(2 * 64);
  }

  @Test
  void countsWhatAFunctionHadNoBuffersFor() {
    fixture.run(A);
    for (int i = 0; i < 70; i++) {
      fromWire(frame(A, FAR, i));
    }

    VfStatistics overrun = new VfStatistics();
    pf.vfQueueStats(0, overrun);

    assertThat(overrun.received()).isEqualTo(63);
    assertThat(overrun.receiveDropped()).isEqualTo(7);
    assertThat(pf.vfQueueStatus(0)).isEqualTo(new QueueStatus(true, 0, true, 63));
  }

  @Test
  void limitsFrameLengthByMtu() {
    VfRings a = fixture.run(A);
    String longest = frame(A, FAR, 1) + "00".repeat(1514 - 60);
    String tooLong = frame(A, FAR, 2) + "00".repeat(1600 - 60);

    fromWire(longest);
    fromWire(tooLong);
    assertThat(a.received()).containsExactly(longest);

    pf.vfSetMtu(0, 2000);
    fromWire(tooLong);
    assertThat(a.received()).containsExactly(tooLong);
  }

  @Test
  void insertsAndRemovesADefaultVlan() {
    VfRings a = fixture.run(A);
    pf.vfSetDefaultVlan(0, Optional.of(new DefaultVlan(5, 0)));

    a.send(List.of(frame(FAR, A, 1)));
    fromWire(tagged(A, FAR, 5));

    String sent = frame(FAR, A, 1);
    String tag = "81000005";
    assertThat(fixture.wire.frames)
        .containsExactly(sent.substring(0, 24) + tag + sent.substring(24));
    assertThat(a.received()).containsExactly(tagged(A, FAR, 5).replace(tag, ""));
  }

  @Test
  void keepsARestrictedFunctionInItsVlans() {
    VfRings a = fixture.run(A);
    assertThat(pf.vfAddVlans(0, VlanSet.of(0, 7))).isFalse();
    assertThat(pf.pfSetVlans(VlanSet.of(0, 7, 8))).isTrue();
    assertThat(pf.vfAddVlans(0, VlanSet.of(0, 7))).isTrue();

    fromWire(tagged(A, FAR, 7));
    fromWire(tagged(A, FAR, 8));
    fromWire(frame(A, FAR, 1));
    a.send(List.of(tagged(FAR, A, 7), tagged(FAR, A, 8)));
    settle();

    assertThat(a.received()).containsExactly(tagged(A, FAR, 7), frame(A, FAR, 1));
    assertThat(fixture.wire.frames).containsExactly(tagged(FAR, A, 7));
    pf.vfRelease(0);
    assertThat(pf.pfSetVlans(VlanSet.ALL)).isTrue();
  }

  @Test
  void passesEveryVlanToAFunctionThatIsNotRestricted() {
    VfRings a = fixture.run(A);
    assertThat(pf.vfAddVlans(0, VlanSet.ALL)).isTrue();

    fromWire(tagged(A, FAR, 4000));

    assertThat(a.received()).containsExactly(tagged(A, FAR, 4000));
  }

  @Test
  void resetsAReleasedFunctionAndTakesItsFiltersAway() {
    VfRings a = fixture.run(A);
    pf.vfRelease(0);
    settle();

    fromWire(frame(A, FAR, 1));
    a.send(List.of(frame(FAR, A, 2)));
    settle();

    assertThat(a.received()).isEmpty();
    assertThat(fixture.wire.frames).isEmpty();
    assertThat(fixture.asked).as("its own reset is no news").isEmpty();
    Bar bar = fixture.nic.physicalFunction().bar(0);
    assertThat(bar.read32(I82576Registers.TX_QUEUE + I82576Registers.TXDCTL)).isZero();
  }

  @Test
  void refusesTooLittleHostMemory() {
    GuestMemory small = GuestMemory.allocate(1 << 20);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new I82576PfDriver(
                    fixture.nic.physicalFunction(),
                    small,
                    fixture.thread,
                    fixture.fromDevice,
                    fixture));
  }
}
