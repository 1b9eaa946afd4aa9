// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.BROADCAST;
import static dev.npa.nic.i82576.Frames.MULTICAST;
import static dev.npa.nic.i82576.Frames.STRANGER;
import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedSwitchTest {
  private final TestBed bed = new TestBed(3);
  private final QueueDriver a = bed.driver(0);
  private final QueueDriver b = bed.driver(1);
  private final QueueDriver c = bed.driver(2);
  private final QueueDriver pf = bed.pfDriver();

  private byte[] send(QueueDriver from, long destination, long source) {
    byte[] frame = frame(destination, source, 100);
    from.send(frame);
    bed.run();
    return frame;
  }

  @Test
  void keepsUnicastBetweenFunctionsInside() {
    byte[] frame = send(a, mac(1), mac(0));

    assertThat(b.rxStatus(0)).isEqualTo(RxDescriptor.DD | RxDescriptor.EOP | RxDescriptor.LB);
    assertThat(b.receive()).containsExactly(frame);
    assertThat(c.receive()).isEmpty();
    assertThat(pf.receive()).isEmpty();
    assertThat(bed.wire.take()).isEmpty();
  }

  @Test
  void switchesBetweenVfAndPf() {
    byte[] up = send(a, mac(TestBed.PF_POOL), mac(0));
    assertThat(pf.receive()).containsExactly(up);

    byte[] down = send(pf, mac(0), mac(TestBed.PF_POOL));
    assertThat(a.receive()).containsExactly(down);
    assertThat(bed.wire.take()).isEmpty();
  }

  @Test
  void sendsUnknownUnicastToTheWireOnly() {
    byte[] frame = send(a, STRANGER, mac(0));

    assertThat(bed.wire.take()).containsExactly(frame);
    assertThat(bed.wire.flushes()).isEqualTo(1);
    assertThat(b.receive()).isEmpty();
    assertThat(pf.receive()).as("the default pool is for the wire's frames").isEmpty();
  }

  @Test
  void sendsBroadcastToAllButTheSource() {
    byte[] frame = send(a, BROADCAST, mac(0));

    assertThat(a.receive()).isEmpty();
    assertThat(b.receive()).containsExactly(frame);
    assertThat(c.receive()).containsExactly(frame);
    assertThat(pf.receive()).containsExactly(frame);
    assertThat(bed.wire.take()).containsExactly(frame);
  }

  @Test
  void sparesPoolsWithoutBam() {
    bed.pf.write32(I82576Registers.VMOLR + 4, I82576Registers.VMOLR_AUPE);

    send(a, BROADCAST, mac(0));

    assertThat(b.receive()).isEmpty();
    assertThat(c.receive()).hasSize(1);
  }

  @Test
  void givesGroupsToOnePoolWithoutReplication() {
    bed.pf.write32(I82576Registers.VT_CTL, 7 << 7);

    send(a, BROADCAST, mac(0));

    assertThat(b.receive()).hasSize(1);
    assertThat(c.receive()).isEmpty();
    assertThat(bed.wire.take()).hasSize(1);
  }

  @Test
  void givesMulticastToPoolsWithRompeWhoseHashMatches() {
    bed.pf.write32(I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_ROMPE);
    send(a, MULTICAST, mac(0));
    assertThat(b.receive()).isEmpty();

    bed.pf.write32(I82576Registers.MTA, 1 << 16); // Hash 010h.
    byte[] frame = send(a, MULTICAST, mac(0));

    assertThat(b.rxStatus(0) & RxDescriptor.PIF).isNotZero();
    assertThat(b.receive()).containsExactly(frame);
    assertThat(c.receive()).isEmpty();
    assertThat(bed.wire.take()).hasSize(2);
  }

  @Test
  void givesAllMulticastToPoolsWithMpme() {
    bed.pf.write32(I82576Registers.VMOLR + 8, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_MPME);

    byte[] frame = send(a, MULTICAST, mac(0));

    assertThat(b.receive()).isEmpty();
    assertThat(c.receive()).containsExactly(frame);
  }

  @Test
  void givesUnicastToPoolsWithRopeWhoseHashMatches() {
    bed.pf.write32(I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_ROPE);
    int hash = PoolFilters.hash(STRANGER, 4);
    bed.pf.write32(I82576Registers.UTA + 4 * (hash >>> 5), 1 << hash);

    byte[] frame = send(a, STRANGER, mac(0));

    assertThat(b.receive()).containsExactly(frame);
    assertThat(bed.wire.take()).isEmpty();
  }

  @Test
  void returnsNothingToItsSource() {
    send(a, mac(0), mac(0));

    assertThat(a.receive()).isEmpty();
    assertThat(bed.wire.take()).as("a local address never goes to the wire").isEmpty();
  }

  @Test
  void returnsFramesToTheirSourceWithLle() {
    bed.pf.write32(I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE | 1 << 16);

    byte[] frame = send(a, mac(0), mac(0));

    assertThat(a.receive()).containsExactly(frame);
  }

  @Test
  void sendsEverythingToTheWireWithoutLoopback() {
    bed.pf.write32(I82576Registers.DTXSWC, 0);

    byte[] frame = send(a, mac(1), mac(0));

    assertThat(b.receive()).isEmpty();
    assertThat(bed.wire.take()).containsExactly(frame);
  }

  @Test
  void givesFramesOfTheWireToTheirPools() {
    byte[] unicast = frame(mac(1), STRANGER, 100);
    byte[] broadcast = frame(BROADCAST, STRANGER, 100);
    bed.fromWire(unicast);
    bed.fromWire(broadcast);

    assertThat(a.receive()).containsExactly(broadcast);
    assertThat(b.rxStatus(0) & RxDescriptor.LB).isZero();
    assertThat(b.receive()).containsExactly(unicast, broadcast);
    assertThat(bed.wire.take()).as("nothing goes back").isEmpty();
  }

  @Test
  void givesUnknownUnicastOfTheWireToTheDefaultPool() {
    byte[] frame = frame(STRANGER, mac(0), 100);
    bed.fromWire(frame);
    assertThat(pf.receive()).containsExactly(frame);

    bed.pf.write32(I82576Registers.VT_CTL, 7 << 7 | I82576Registers.VT_CTL_DISABLE_DEFAULT_POOL);
    bed.fromWire(frame);
    assertThat(pf.receive()).isEmpty();
  }

  @Test
  void givesAnAddressToSeveralPools() {
    bed.address(23, STRANGER, 0b110);

    byte[] frame = send(a, STRANGER, mac(0));

    assertThat(b.receive()).containsExactly(frame);
    assertThat(c.receive()).containsExactly(frame);
  }

  @Test
  void forgetsAnAddressWhoseEntryIsNotValid() {
    bed.pf.write32(I82576Registers.RAH + 8, 0);

    send(a, mac(1), mac(0));

    assertThat(b.receive()).isEmpty();
    assertThat(bed.wire.take()).hasSize(1);
  }

  @Test
  void movesAnAddressToAnotherPool() {
    bed.address(1, mac(1), 1 << TestBed.PF_POOL);

    byte[] frame = send(a, mac(1), mac(0));

    assertThat(pf.receive()).containsExactly(frame);
    assertThat(b.receive()).isEmpty();
  }

  @Test
  void limitsThePoolsFrameLength() {
    byte[] jumbo = frame(mac(1), mac(0), 2000);
    a.queue(jumbo, 2000);
    a.ring();
    bed.run();
    assertThat(b.receive()).isEmpty();
    assertThat(bed.pf.read32(I82576Registers.ROC)).isEqualTo(1);

    bed.pf.write32(
        I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_LPE | 2004);
    a.queue(jumbo, 2000);
    a.queue(frame(mac(1), mac(0), 2001), 2001);
    a.ring();
    bed.run();
    assertThat(b.receive()).as("2000 bytes and FCS").containsExactly(jumbo);
  }

  @Test
  void worksWithoutVmdqOnPoolZero() {
    bed.pf.write32(I82576Registers.MRQC, 0);
    bed.fromWire(frame(mac(1), STRANGER, 100));
    bed.fromWire(frame(BROADCAST, STRANGER, 100));
    bed.fromWire(frame(STRANGER, mac(1), 100));
    assertThat(a.receive()).as("any exact address").hasSize(1);

    bed.pf.write32(
        I82576Registers.RCTL,
        I82576Registers.RCTL_RXEN
            | I82576Registers.RCTL_BAM
            | I82576Registers.RCTL_UPE
            | I82576Registers.RCTL_MPE);
    bed.fromWire(frame(BROADCAST, STRANGER, 100));
    bed.fromWire(frame(STRANGER, mac(1), 100));
    bed.fromWire(frame(MULTICAST, mac(1), 100));
    assertThat(a.receive()).hasSize(3);
    assertThat(b.receive()).isEmpty();
  }
}
