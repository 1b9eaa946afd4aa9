// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two devices back to back: what one guest sends, the other receives.
@Timeout(120)
final class DataPathTest {
  private static final int EOP_CQ = TxDescriptor.EOP | TxDescriptor.COMPLETION_REQUESTED;

  private final TestGuest sender = TestGuest.active();
  private final TestGuest receiver = TestGuest.active();

  /// The sender's uplink as a cable to the receiver: what its host collects is offered on.
  private void carry() {
    sender.thread.pollUntilIdle();
    for (byte[] frame : sender.host.frames) {
      assertThat(receiver.receive(frame)).isTrue();
    }
    sender.host.frames.clear();
  }

  @Test
  void carriesFramesIntactOverManyWraps() {
    for (int i = 0; i < 500; i++) {
      byte[] frame = Frames.plain(TestGuest.MAC.value(), 60 + i * 7 % 1450, i);
      receiver.putRxHeads(1);
      sender.send(frame);
      carry();
      int[] completion = receiver.nextRxCompletion();
      int index = completion[0] & 0xFFF;
      assertThat(receiver.rxBuffer(0, index, completion[2] & 0x3FFF)).isEqualTo(frame);
    }
  }

  /// Takes frames of the device under test and gives each to another device's receive path.
  private static final class Loop implements FramePort {
    private final FramePort target;
    private long frames;

    private Loop(FramePort target) {
      this.target = target;
    }

    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      if (!target.offer(memory, offset, lengthBytes)) {
        return false;
      }
      frames++;
      return true;
    }

    @Override
    public void flush() {
      target.flush();
    }
  }

  @Test
  void allocatesNothingPerFrame() {
    Loop loop = new Loop(receiver.device.receiver());
    InterruptState interrupts = new InterruptState(sender.device.function().msiX());
    DeviceConfiguration.Tx place =
        new DeviceConfiguration.Tx(
            sender.tx(0),
            sender.txRing(0),
            TestGuest.RING,
            sender.txRing(0) + 0x1000,
            TestGuest.RING,
            0);
    TxQueue queue =
        new TxQueue(
            place,
            1500,
            dev.npa.nic.memory.IommuDomain.identity(sender.memory),
            loop,
            new DeviceEvents(interrupts),
            TxScratch.allocate());
    MacAddress.write(sender.bytes, TestGuest.TX_BUFFERS, TestGuest.MAC.value());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    run(queue, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(queue, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(loop.frames).isEqualTo(40_000L * 16);
    assertThat(allocated).isLessThan(20_000L * 16 / 10);
  }

  private void run(TxQueue queue, int bursts) {
    for (int b = 0; b < bursts; b++) {
      for (int i = 0; i < 16; i++) {
        receiver.putRx(0, TestGuest.RX_BUFFER_BYTES, 0);
        sender.putTx(TestGuest.TX_BUFFERS, 64, 0, i == 15 ? EOP_CQ : TxDescriptor.EOP);
      }
      receiver.messages.clear();
      queue.poll();
    }
  }

  @Test
  void worksBesideItsGuestsThread() {
    DeviceThread thread = receiver.thread;
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 100, 1);
    thread.start();
    try (thread) {
      for (int i = 0; i < 2000; i++) {
        receiver.putRxHeads(1);
        boolean taken = thread.call(() -> receiver.receive(frame));
        assertThat(taken).isTrue();
        int[] completion = receiver.nextRxCompletion();
        assertThat(receiver.rxBuffer(0, completion[0] & 0xFFF, 100))
            .isEqualTo(Arrays.copyOf(frame, 100));
      }
    }
  }
}
