// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.BROADCAST;
import static dev.npa.nic.i82576.Frames.STRANGER;
import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.Frames.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VlanTest {
  private static final int VFE = I82576Registers.RCTL_RXEN | I82576Registers.RCTL_VFE;
  private final TestBed bed = new TestBed(3);
  private final QueueDriver a = bed.driver(0);
  private final QueueDriver b = bed.driver(1);
  private final QueueDriver c = bed.driver(2);

  private void send(byte[] frame) {
    a.send(frame);
    bed.run();
  }

  private static byte[] without(byte[] tagged) {
    byte[] frame = Arrays.copyOf(tagged, tagged.length - 4);
    System.arraycopy(tagged, 16, frame, 12, tagged.length - 16);
    return frame;
  }

  @Test
  void passesTagsWithoutVlanFilter() {
    byte[] frame = tagged(mac(1), mac(0), 7, 100);
    send(frame);
    assertThat(b.receive()).containsExactly(frame);
  }

  @Test
  void limitsAVlanToItsMembers() {
    bed.pf.write32(I82576Registers.RCTL, VFE);
    bed.pf.write32(I82576Registers.VLVF + 4 * 31, I82576Registers.VLVF_ENABLE | 0b100 << 12 | 7);
    byte[] frame = tagged(BROADCAST, mac(0), 0xE007, 100);

    send(frame);
    send(tagged(BROADCAST, mac(0), 8, 100));

    assertThat(b.receive()).isEmpty();
    assertThat(c.receive()).containsExactly(frame);
    assertThat(bed.wire.take()).hasSize(2);
  }

  @Test
  void givesUntaggedFramesToPoolsWithAupe() {
    bed.pf.write32(I82576Registers.RCTL, VFE);
    bed.pf.write32(I82576Registers.VMOLR + 4, I82576Registers.VMOLR_BAM);

    send(frame(BROADCAST, mac(0), 100));

    assertThat(b.receive()).isEmpty();
    assertThat(c.receive()).hasSize(1);
  }

  @Test
  void stripsTheTagOfOneReceiverByItsVmolr() {
    bed.pf.write32(I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_STRVLAN);
    byte[] frame = tagged(mac(1), mac(0), 0x6007, 100);

    send(frame);

    assertThat(b.rxStatus(0) & RxDescriptor.VP).isNotZero();
    assertThat(b.rxTag(0)).isEqualTo(0x6007);
    assertThat(b.receive()).containsExactly(without(frame));
  }

  @Test
  void stripsTheTagOfReplicasByRplolr() {
    bed.pf.write32(I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_STRVLAN);
    byte[] frame = tagged(BROADCAST, mac(0), 7, 100);
    send(frame);
    assertThat(b.receive()).containsExactly(frame);

    bed.pf.write32(I82576Registers.RPLOLR, I82576Registers.VMOLR_STRVLAN);
    send(frame);
    assertThat(b.receive()).containsExactly(without(frame));
    assertThat(c.receive()).containsExactly(frame, without(frame));
  }

  @Test
  void insertsThePoolsDefaultTag() {
    bed.pf.write32(I82576Registers.VMVIR, I82576Registers.VMVIR_DEFAULT_TAG | 0x2009);
    byte[] frame = frame(STRANGER, mac(0), 100);

    send(frame);

    byte[] sent = bed.wire.take().getFirst();
    assertThat(Arrays.copyOfRange(sent, 12, 16))
        .isEqualTo(new byte[] {(byte) 0x81, 0x00, 0x20, 0x09});
    assertThat(without(sent)).isEqualTo(frame);
  }

  @Test
  void allowsATaggedFrameFourBytesMore() {
    byte[] longest = tagged(mac(1), mac(0), 7, 1518);
    send(longest);
    send(tagged(mac(1), mac(0), 7, 1519));
    send(frame(mac(1), mac(0), 1515));

    assertThat(b.receive()).containsExactly(longest);
  }

  @Test
  void dropsAFrameThatIsTooShortWithoutItsTag() {
    bed.pf.write32(I82576Registers.TCTL, I82576Registers.TCTL_EN);
    bed.pf.write32(I82576Registers.VMOLR + 4, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_STRVLAN);

    send(tagged(mac(1), mac(0), 7, 19));

    assertThat(b.receive()).isEmpty();
    assertThat(bed.pf.read32(I82576Registers.RUC)).isEqualTo(1);
  }

  @Test
  void filtersByVftaWithoutVmdq() {
    bed.pf.write32(I82576Registers.MRQC, 0);
    bed.pf.write32(I82576Registers.RCTL, VFE);
    bed.pf.write32(I82576Registers.VFTA + 4 * (100 >>> 5), 1 << (100 & 31));

    bed.fromWire(tagged(mac(0), STRANGER, 100, 100));
    bed.fromWire(tagged(mac(0), STRANGER, 101, 100));

    assertThat(a.receive()).hasSize(1);
  }
}
