// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.I82576Registers.VTEIAC;
import static dev.npa.nic.i82576.I82576Registers.VTEIAM;
import static dev.npa.nic.i82576.I82576Registers.VTEICR;
import static dev.npa.nic.i82576.I82576Registers.VTEICS;
import static dev.npa.nic.i82576.I82576Registers.VTEIMC;
import static dev.npa.nic.i82576.I82576Registers.VTEIMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.PciFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VfInterruptsTest {
  private final TestBed bed = new TestBed(2);
  private final QueueDriver peer = bed.driver(1);
  private final QueueDriver driver = bed.driver(0);
  private final PciFunction function = bed.nic.virtualFunction(0).function();
  private final Bar vf = function.bar(0);
  private final Messages messages = bed.messages[0];

  @BeforeEach
  void programMessages() {
    bed.enableMessages(function, 0x40);
    vf.write32(I82576Registers.VTIVAR, 0x0A0A_8081); // TX to vector 0, RX to vector 1
  }

  private void receive() {
    peer.send(frame(mac(0), mac(1), 100));
    bed.run();
  }

  @Test
  void sendsTheMessageOfTheCausesVector() {
    vf.write32(VTEIMS, 7);
    receive();
    assertThat(messages.take()).containsExactly(0x41);

    driver.send(frame(mac(1), mac(0), 100));
    bed.run();
    assertThat(messages.take()).containsExactly(0x40);
    assertThat(vf.read32(VTEICR)).isEqualTo(3);
  }

  @Test
  void sendsOneMessagePerBurst() {
    vf.write32(VTEIMS, 7);
    vf.write32(VTEIAC, 7);
    for (int i = 0; i < 40; i++) {
      peer.queue(frame(mac(0), mac(1), 60 + i), 60 + i);
    }
    peer.ring();
    bed.run();

    assertThat(messages.take()).containsExactly(0x41);
  }

  @Test
  void sendsNothingForAnEntryThatIsNotValid() {
    vf.write32(VTEIMS, 7);
    vf.write32(I82576Registers.VTIVAR, 0x0A0A_0A01);
    receive();
    assertThat(messages.take()).isEmpty();
    vf.write32(I82576Registers.VTIVAR, 0x0A0A_0A83);
    receive();
    assertThat(messages.take()).as("there is no vector 3").isEmpty();
    assertThat(vf.read32(VTEICR)).isZero();
  }

  @Test
  void isSilentWhileACauseStaysUncleared() {
    vf.write32(VTEIMS, 7);
    receive();
    receive();
    assertThat(messages.take()).containsExactly(0x41);

    vf.write32(VTEICR, 2);
    receive();
    assertThat(messages.take()).containsExactly(0x41);
  }

  @Test
  void clearsTheCauseByItselfWithEiac() {
    vf.write32(VTEIMS, 7);
    vf.write32(VTEIAC, 2);
    receive();
    assertThat(vf.read32(VTEICR)).isZero();
    receive();
    assertThat(messages.take()).containsExactly(0x41, 0x41);
  }

  @Test
  void masksByItselfWithEiamUntilEimsIsSet() {
    vf.write32(VTEIMS, 7);
    vf.write32(VTEIAC, 7);
    vf.write32(VTEIAM, 7);
    receive();
    assertThat(vf.read32(VTEIMS)).isEqualTo(5);
    receive();
    receive();
    assertThat(messages.take()).containsExactly(0x41);

    vf.write32(VTEIMS, 2);

    assertThat(messages.take()).as("what came meanwhile fires").containsExactly(0x41);
    vf.write32(VTEIMS, 2);
    assertThat(messages.take()).as("once").isEmpty();
  }

  @Test
  void needsEiameOfThePfForEiam() {
    bed.pf.write32(I82576Registers.GPIE, 0);
    vf.write32(VTEIMS, 7);
    vf.write32(VTEIAM, 7);
    receive();
    assertThat(vf.read32(VTEIMS)).isEqualTo(7);
  }

  @Test
  void keepsACauseThatComesWhileMasked() {
    receive();
    assertThat(messages.take()).isEmpty();
    assertThat(vf.read32(VTEIMS)).isZero();

    vf.write32(VTEIMS, 2);

    assertThat(messages.take()).containsExactly(0x41);
  }

  @Test
  void forgetsAMaskedCauseThatSoftwareCleared() {
    receive();
    assertThat(vf.read32(VTEICR)).isEqualTo(2);
    vf.write32(VTEIMS, 7);
    assertThat(messages.take()).isEmpty();
    assertThat(vf.read32(VTEICR)).as("cleared by reading").isZero();
  }

  @Test
  void clearsMasksByWritingOnes() {
    vf.write32(VTEIMS, -1);
    assertThat(vf.read32(VTEIMS)).isEqualTo(7);
    vf.write32(VTEIMC, 5);
    assertThat(vf.read32(VTEIMS)).isEqualTo(2);
    assertThat(vf.read32(VTEIMC)).as("write-only").isZero();
    vf.write32(VTEIMC, -1);
    receive();
    assertThat(messages.take()).isEmpty();
  }

  @Test
  void firesWhatSoftwareSets() {
    vf.write32(VTEIMS, 5);
    vf.write32(VTEICS, -1);
    assertThat(vf.read32(VTEICS)).as("write-only").isZero();
    assertThat(messages.take()).containsExactly(0x40, 0x42);
    assertThat(vf.read32(VTEICR)).isEqualTo(7);
  }

  @Test
  void storesThreeBitsOfEiacAndEiam() {
    vf.write32(VTEIAC, -1);
    vf.write32(VTEIAM, -1);
    assertThat(vf.read32(VTEIAC)).isEqualTo(7);
    assertThat(vf.read32(VTEIAM)).isEqualTo(7);
    vf.write32(VTEIAC, 1);
    vf.write32(VTEIAM, 2);
    assertThat(vf.read32(VTEIAC)).isEqualTo(1);
    assertThat(vf.read32(VTEIAM)).isEqualTo(2);
  }

  @Test
  void pendsWhileMsiXMasksTheVector() {
    Bar table = function.bar(3);
    vf.write32(VTEIMS, 7);
    table.write32(16 + 12, 1);
    receive();
    assertThat(messages.take()).isEmpty();
    assertThat(table.read32(FunctionConfig.PENDING_BITS)).isEqualTo(2);

    table.write32(16 + 12, 0);

    assertThat(messages.take()).containsExactly(0x41);
    assertThat(table.read32(FunctionConfig.PENDING_BITS)).isZero();
  }

  @Test
  void clearsPendingMessagesThroughPbacl() {
    Bar table = function.bar(3);
    vf.write32(VTEIMS, 7);
    table.write32(16 + 12, 1);
    receive();
    vf.write32(I82576Registers.PBACL, 0xD);
    assertThat(table.read32(FunctionConfig.PENDING_BITS)).isEqualTo(2);

    vf.write32(I82576Registers.PBACL, 2);
    table.write32(16 + 12, 0);

    assertThat(messages.take()).isEmpty();
    assertThat(vf.read32(I82576Registers.PBACL)).isZero();
  }

  @Test
  void pendsWhileMsiXIsDisabled() {
    vf.write32(VTEIMS, 7);
    function.config().write(0x72, 2, 0);
    receive();
    assertThat(messages.take()).isEmpty();
    function.config().write(0x72, 2, 1 << 15 | 1 << 14);
    assertThat(messages.take()).as("function mask").isEmpty();
    function.config().write(0x72, 2, 1 << 15);
    assertThat(messages.take()).containsExactly(0x41);
  }

  @Test
  void isReachedByThePfThroughItsMirror() {
    bed.pf.write32(0x10024, 6);
    assertThat(vf.read32(VTEIMS)).isEqualTo(6);
    bed.pf.write32(0x10028, 2);
    assertThat(bed.pf.read32(0x10024)).isEqualTo(4);
    bed.pf.write32(0x1002C, 1);
    bed.pf.write32(0x10030, 2);
    assertThat(vf.read32(VTEIAC)).isEqualTo(1);
    assertThat(vf.read32(VTEIAM)).isEqualTo(2);
    bed.pf.write32(0x10020, 1);
    assertThat(bed.pf.read32(0x10080)).isEqualTo(1);
    assertThat(bed.pf.read32(0x10200)).as("no VF 2").isZero();
    bed.pf.write32(0x10224, 7);
    bed.pf.write32(0x1FFFC, 7);
  }

  /// A CPU of the old guest is past its BAR's check when the VF changes hands.
  @Test
  void keepsAWriteThatIsUnderWayFromTheNextOwner() {
    AssignedRegisters underWay = bed.nic.virtualFunction(0).assignedRegisters();
    bed.assign(0);
    Bar next = bed.vf(0);
    bed.enableMessages(function, 0x40);
    next.write32(VTEIMS, 1);

    underWay.write32(VTEIMC, 7);
    underWay.write32(VTEIAC, 7);
    underWay.write32(VTEIMS, 6);
    underWay.write32(VTEICS, 6);

    assertThat(next.read32(VTEIMS)).isEqualTo(1);
    assertThat(next.read32(VTEIAC)).isZero();
    assertThat(next.read32(VTEICR)).isZero();
    assertThat(bed.messages[0].take()).isEmpty();
    assertThat(messages.take()).isEmpty();
  }

  @Test
  void beginsAnewWithEveryOwner() {
    vf.write32(VTEIMS, 7);
    bed.assign(0);

    assertThat(bed.vf(0).read32(VTEIMS)).isZero();
    bed.vf(0).write32(VTEIMS, 2);
    bed.enableMessages(function, 0x40);
    bed.vf(0).write32(VTEICS, 2);
    assertThat(bed.messages[0].take()).containsExactly(0x41);
    assertThat(messages.take()).isEmpty();
  }
}
