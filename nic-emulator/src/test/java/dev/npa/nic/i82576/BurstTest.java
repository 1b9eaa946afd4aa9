// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.Frames.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.memory.IommuDomain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Frames that come in one burst have the ways that they would have one by one.
class BurstTest {
  private static final int PAGE = IommuDomain.PAGE_BYTES;

  private final TestBed bed = new TestBed(3);
  private final QueueDriver sender = bed.driver(0);
  private final QueueDriver receiver = bed.driver(1);
  private final QueueDriver other = bed.driver(2);

  private void send(List<byte[]> frames) {
    frames.forEach(frame -> sender.queue(frame, frame.length));
    sender.ring();
    bed.run();
  }

  private static List<byte[]> framesTo(int pool, int from, int to) {
    List<byte[]> frames = new ArrayList<>();
    for (int length = from; length < to; length++) {
      frames.add(frame(mac(pool), mac(0), length));
    }
    return frames;
  }

  @Test
  void goesToSeveralDestinationsByTurns() {
    List<byte[]> here = framesTo(1, 100, 110);
    List<byte[]> there = framesTo(2, 200, 210);
    List<byte[]> both = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      both.add(here.get(i));
      both.add(there.get(i));
    }

    send(both);

    assertThat(receiver.receive()).containsExactlyElementsOf(here);
    assertThat(other.receive()).containsExactlyElementsOf(there);
  }

  @Test
  void losesAForgedFrameInItsMiddleAndNoOther() {
    bed.pf.write32(I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE | 1);
    List<byte[]> honest = framesTo(1, 100, 104);
    List<byte[]> frames = new ArrayList<>(honest);
    frames.add(2, frame(mac(1), mac(2), 100));
    frames.add(2, frame(mac(1), mac(2), 101));

    send(frames);

    assertThat(receiver.receive()).containsExactlyElementsOf(honest);
    assertThat(bed.pf.read32(I82576Registers.SSVPC)).isEqualTo(2);
  }

  @Test
  void tellsFramesApartByTheirTags() {
    bed.pf.write32(I82576Registers.RCTL, I82576Registers.RCTL_RXEN | I82576Registers.RCTL_VFE);
    bed.pf.write32(
        I82576Registers.VLVF,
        I82576Registers.VLVF_ENABLE | 5 | 1 << I82576Registers.VLVF_POOL_SHIFT + 1);
    byte[] member = tagged(mac(1), mac(0), 5, 100);
    byte[] stranger = tagged(mac(1), mac(0), 6, 100);
    byte[] untagged = frame(mac(1), mac(0), 100);

    send(List.of(member, stranger, member, untagged, stranger));

    assertThat(receiver.receive()).containsExactly(member, member, untagged);
  }

  @Test
  void losesAFrameThatIsTooLongAndNoOther() {
    List<byte[]> frames = framesTo(1, 100, 104);
    frames.add(2, frame(mac(1), mac(0), 1515));

    send(frames);

    frames.remove(2);
    assertThat(receiver.receive()).containsExactlyElementsOf(frames);
    assertThat(bed.pf.read32(I82576Registers.ROC)).isEqualTo(1);
  }

  @Test
  void spreadsAFrameInItsMiddleOverSeveralBuffers() {
    receiver.startRx(0x8200_0001);
    receiver.giveBuffers(TestBed.RING_SIZE - 1);
    List<byte[]> frames = framesTo(1, 100, 104);
    frames.add(2, frame(mac(1), mac(0), 1500));

    send(frames);

    assertThat(receiver.receive()).containsExactlyElementsOf(frames);
  }

  @Test
  void skipsADescriptorWithoutABuffer() {
    receiver.rxDescriptor(2, 0, 0);
    List<byte[]> frames = framesTo(1, 100, 104);

    send(frames);

    assertThat(receiver.rxStatus(2)).isEqualTo(RxDescriptor.DD);
    assertThat(receiver.rxLength(1)).isEqualTo(101);
    assertThat(receiver.rxLength(3)).isEqualTo(102);
    assertThat(receiver.rxLength(4)).isEqualTo(103);
  }

  @Test
  void isLostFromWhereDescriptorsEnd() {
    receiver.startRx(QueueDriver.SRRCTL_2K);
    receiver.giveBuffers(3);
    List<byte[]> frames = framesTo(1, 100, 105);

    send(frames);

    assertThat(receiver.receive()).containsExactlyElementsOf(frames.subList(0, 3));
    assertThat(bed.vf(1).read32(0x2800 + I82576Registers.RQDPC)).isEqualTo(2);
    assertThat(bed.vf(1).read32(I82576Registers.VFGPRC)).isEqualTo(3);
    assertThat(bed.vf(0).read32(I82576Registers.VFGPTC)).isEqualTo(5);
  }

  @Test
  void countsFramesAndOctets() {
    send(framesTo(1, 100, 110));

    int octets = 10 * 4 + (100 + 109) * 5;
    assertThat(bed.vf(0).read32(I82576Registers.VFGPTC)).isEqualTo(10);
    assertThat(bed.vf(0).read32(I82576Registers.VFGOTC)).isEqualTo(octets);
    assertThat(bed.vf(0).read32(I82576Registers.VFGPTLBC)).isEqualTo(10);
    assertThat(bed.vf(0).read32(I82576Registers.VFGOTLBC)).isEqualTo(octets);
    assertThat(bed.vf(1).read32(I82576Registers.VFGPRC)).isEqualTo(10);
    assertThat(bed.vf(1).read32(I82576Registers.VFGORC)).isEqualTo(octets);
    assertThat(bed.vf(1).read32(I82576Registers.VFGPRLBC)).isEqualTo(10);
    assertThat(bed.vf(1).read32(I82576Registers.VFGORLBC)).isEqualTo(octets);
  }

  @Test
  void wrapsWhereEitherRingDoes() {
    for (int round = 0; round < 20; round++) {
      int length = 100 + round;
      if (round % 2 == 0) {
        // Receives one more than was sent, so that the rings wrap at different places.
        bed.fromWire(frame(mac(1), Frames.STRANGER, 99));
      }
      List<byte[]> frames = framesTo(1, length, length + 50);
      send(frames);
      List<byte[]> received = receiver.receive();
      assertThat(received.subList(received.size() - 50, received.size()))
          .as("round %d", round)
          .containsExactlyElementsOf(frames);
      assertThat(sender.isDone((sender.txTail() + TestBed.RING_SIZE - 1) % TestBed.RING_SIZE))
          .isTrue();
    }
  }

  @Test
  void crossesPagesOfTheRingsThatAreApartInMemory() {
    QueueDriver from = bed.newDriver(0, 512);
    QueueDriver to = bed.newDriver(1, 512);
    // The second page of each ring, in the driver's eyes at ring + 4096, is elsewhere for the
    // device: the two tell the same only if each descriptor is found through the page table.
    long away = 0x30_0000;
    swap(bed.domain[0], QueueDriver.TX_RING + PAGE, away);
    swap(bed.domain[1], QueueDriver.RX_RING + PAGE, away);
    from.startTx();
    to.startRx(QueueDriver.SRRCTL_2K);
    to.giveBuffers(511);
    copyPage(0, QueueDriver.TX_RING + PAGE, away);
    copyPage(1, QueueDriver.RX_RING + PAGE, away);
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] frame = frame(mac(1), mac(0), 100 + i);
      from.queue(frame, frame.length);
      frames.add(frame);
    }
    copyPage(0, QueueDriver.TX_RING + PAGE, away);
    from.ring();
    bed.run();
    copyPage(1, away, QueueDriver.RX_RING + PAGE);

    assertThat(to.receive()).containsExactlyElementsOf(frames);
    assertThat(bed.domain[0].faults()).isZero();
    assertThat(bed.domain[1].faults()).isZero();
  }

  private static void swap(IommuDomain domain, long iova, long address) {
    domain.map(iova, address, PAGE, IommuDomain.READ | IommuDomain.WRITE);
    domain.map(address, iova, PAGE, IommuDomain.READ | IommuDomain.WRITE);
  }

  private void copyPage(int vf, long from, long to) {
    bed.memory[vf]
        .segment()
        .asSlice(to, PAGE)
        .copyFrom(bed.memory[vf].segment().asSlice(from, PAGE));
  }

  @Test
  void findsNothingOfAMapThatWasRevokedBeforeIt() {
    List<byte[]> before = framesTo(1, 100, 104);
    send(before);

    bed.domain[0].unmapAll();
    send(framesTo(1, 200, 204));

    assertThat(receiver.receive()).containsExactlyElementsOf(before);
    assertThat(bed.domain[0].faults()).isEqualTo(1);
  }

  @Test
  void writesNothingToMemoryThatWasRevokedBeforeIt() {
    send(framesTo(1, 100, 104));
    receiver.receive();

    bed.domain[1].unmapAll();
    send(framesTo(1, 200, 204));

    assertThat(receiver.receive()).isEmpty();
    assertThat(bed.domain[1].faults()).isEqualTo(1);
  }
}
