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
  void refusesOffloadsOfTheCommand(String command) {
    sender.queueRaw(
        QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | Long.decode(command).intValue() | 100, 0);
  }

  @ParameterizedTest
  @CsvSource({"0x100", "0x200"})
  void refusesChecksumOffloads(String status) {
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | END | 100, Integer.decode(status));
  }

  @Test
  void refusesLegacyChecksumInsertion() {
    sender.queueRaw(QueueDriver.TX_BUFFERS, END | TxDescriptor.IC | 100, 0);
  }
}
