// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each frame here is dropped, counted, and completed; the next frame passes.
class MalformedTransmitTest {
  private static final int END = TxDescriptor.EOP | TxDescriptor.RS;
  private static final int CONTEXT = TxDescriptor.DEXT | TxDescriptor.DTYP_CONTEXT;
  private final TestBed bed = new TestBed(2);
  private final QueueDriver sender = bed.driver(0);
  private final QueueDriver receiver = bed.driver(1);

  @AfterEach
  void dropsJustThisFrame() {
    int last = sender.txTail() - 1;
    byte[] good = frame(mac(1), mac(0), 333);
    sender.queue(good, 333);
    sender.ring();
    bed.run();
    assertThat(receiver.receive()).containsExactly(good);
    assertThat(sender.isDone(last)).isTrue();
    assertThat(bed.nic.virtualFunction(0).malformedFrames()).isEqualTo(1);
    assertThat(bed.domain[0].faults()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "16"})
  void refusesFramesThatAreTooShort(int length) {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | length, 0);
  }

  @ParameterizedTest
  @CsvSource({"9725", "65535"})
  void refusesFramesThatAreTooLong(int length) {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | length, 0);
  }

  @Test
  void refusesPartsThatAreTooLongTogether() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | 9000, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 725, 0);
  }

  @Test
  void refusesAPartWithoutBytes() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | 100, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, 0);
  }

  @Test
  void refusesUnknownDescriptorTypes() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, TxDescriptor.DEXT | 7 << 20 | END | 100, 0);
  }

  @Test
  void refusesAContextInTheMiddleOfAFrame() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | 100, 0);
    sender.queueRaw(0, CONTEXT, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, 0);
  }

  @Test
  void refusesAMixOfLegacyAndAdvanced() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | 100, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, END | 100, 0);
  }

  @ParameterizedTest
  @CsvSource({"0x40000000", "0x80000000"})
  void refusesOffloadsWithoutContext(String command) {
    sender.queueRaw(
        QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | Long.decode(command).intValue() | 100, 0);
  }

  @ParameterizedTest
  @CsvSource({"0x100", "0x200"})
  void refusesChecksumsWithoutContext(String status) {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, Integer.decode(status));
  }

  @Test
  void refusesLegacyChecksumInsertion() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, END | TxDescriptor.IC | 100, 0);
  }

  /// MACLEN 14; type; no segment size.
  private void context(int ipBytes, int type) {
    sender.queueRaw(14 << 9 | ipBytes, CONTEXT | type, 0);
  }

  @Test
  void refusesAnIpChecksumForIpv6() {
    context(40, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, TxDescriptor.IXSM);
  }

  @ParameterizedTest
  @CsvSource({"11, 60", "100, 100", "511, 100"})
  void refusesAnIpChecksumOutsideHeaderOrFrame(int ipBytes, int length) {
    context(ipBytes, 1 << 10);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | length, TxDescriptor.IXSM);
  }

  @ParameterizedTest
  @CsvSource({"0, 79", "0x800, 69", "0x800, 511"})
  void refusesATransportChecksumOutsideTheFrame(String type, int ipBytes) {
    context(ipBytes, Integer.decode(type));
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, TxDescriptor.TXSM);
  }

  @ParameterizedTest
  @CsvSource({"0x1000", "0x1800"})
  void refusesChecksumsOfOtherTransports(String type) {
    context(20, Integer.decode(type));
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, TxDescriptor.TXSM);
  }

  @Test
  void refusesEncryption() {
    context(20, 0);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, TxDescriptor.IPSEC);
  }

  @ParameterizedTest
  @CsvSource({"0, 1460", "0x800, 1460", "0x800, 0"})
  void refusesToCutWhatIsNotTcp(String type, int segmentBytes) {
    sender.queueRaw(14 << 9 | 20, CONTEXT | Integer.decode(type), segmentBytes << 16 | 20 << 8);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | TxDescriptor.TSE | 1000, 0);
  }

  @Test
  void refusesTheOtherContextIfItWasNeverWritten() {
    context(20, 0);
    sender.queueRaw(
        QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | TxDescriptor.VLE | 100, 1 << 4);
  }
}
