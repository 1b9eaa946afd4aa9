// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActivationTest {
  private static final int TX = TestGuest.QUEUES;
  private static final int RX = TestGuest.QUEUES + QueueDesc.SIZE_BYTES;

  private final TestGuest guest = new TestGuest();

  @Test
  void activatesAWellFormedDriver() {
    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_OK);

    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.EMULATED);
    assertThat(guest.device.receiving()).isTrue();
    assertThat(guest.host.calls)
        .containsExactly("mtu 1500", "multicast []", "vlans 128", "rxMode 0", "activated");
  }

  @Test
  void asksForADoorbellPerFrameAndNoReceiveDoorbell() {
    guest.setByte(guest.rx(0), 9);
    guest.activate();

    assertThat(guest.getInt(guest.tx(0) + QueueDesc.TX_THRESHOLD)).isEqualTo(1);
    assertThat(guest.getInt(guest.rx(0)) & 0xFF).isZero();
  }

  @Test
  void zeroesTheCompletionRings() {
    guest.setInt(guest.txRing(0) + 0x1000 + 12, -1);
    guest.setInt(guest.rxCompletions(0) + 16 * 63 + 12, -1);
    guest.activate();

    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);
    assertThat(guest.getInt(guest.rxCompletions(0) + 16 * 63 + 12)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "magic,0,0",
    "revision,16,0",
    "UPT,20,2",
    "mtu,56,59",
    "mtu,56,9001",
    "mtu,56,-1",
    "queueDescPA,40,0x2040",
    "queueDescPA,40,0x7FFFFF80",
    "queueDescLen,52,511",
    "queueDescLen,52,-1",
  })
  void refusesSharedWords(String reason, int offset, String value) {
    guest.setInt(TestGuest.SHARED + offset, Integer.decode(value));

    assertRefused(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "numTxQueues,62,0", "numTxQueues,62,9", "numRxQueues,63,0", "numRxQueues,63,17",
    "numIntrs,81,0", "numIntrs,81,26", "eventIntrIdx,82,2", "eventIntrIdx,82,255"
  })
  void refusesSharedBytes(String reason, int offset, int value) {
    guest.setByte(TestGuest.SHARED + offset, value);

    assertRefused(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "tx 0 ring size,56,0",
    "tx 0 ring size,56,33",
    "tx 0 ring size,56,4128",
    "tx 0 ring size,56,-32",
    "tx 0 ring,16,0x10100",
    "tx 0 ring,16,0x400000",
    "tx 0 ring,20,1",
    "tx 0 completion ring size,64,0",
    "tx 0 completion ring size,64,4128",
    "tx 0 completion ring,32,0x10010",
    "tx 0 completion ring,36,-1",
    "tx 0 data ring size,60,4128",
    "tx 0 data ring size,60,-1",
    "tx 0 intrIdx,72,2"
  })
  void refusesTransmitQueues(String reason, int offset, String value) {
    guest.setInt(TX + QueueDesc.TX_DATA_RING_PA, 0);
    guest.setInt(TX + offset, Integer.decode(value));

    assertRefused(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "rx 0 ring 0 size,56,0",
    "rx 0 ring 0 size,56,31",
    "rx 0 ring 0 size,56,4128",
    "rx 0 ring 1 size,60,8",
    "rx 0 ring 1 size,60,-32",
    "rx 0 ring 0,16,0x12010",
    "rx 0 ring 1,24,0x7FFFFE00",
    "rx 0 completion ring size,64,8224",
    "rx 0 completion ring,32,0x3FFE00",
    "rx 0 intrIdx,72,200"
  })
  void refusesReceiveQueues(String reason, int offset, String value) {
    guest.setInt(RX + offset, Integer.decode(value));

    assertRefused(reason);
  }

  @Test
  void refusesADataRingOutsideMemory() {
    guest.setLong(TX + QueueDesc.TX_DATA_RING_PA, TestGuest.MEMORY_BYTES - 128);
    guest.setInt(TX + QueueDesc.TX_DATA_RING_SIZE, TestGuest.RING);

    assertRefused("data ring");
  }

  private void assertRefused(String reason) {
    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.INACTIVE);
    assertThat(guest.device.receiving()).isFalse();
    assertThat(guest.device.lastRefusal()).contains(reason);
    assertThat(guest.device.refusals()).isEqualTo(1);
    assertThat(guest.host.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x1004, 0x3FFFF8, 0x400000, -8, Long.MIN_VALUE, 0x7FFFFFFFFFFFFFF8L})
  void refusesSharedMemoryThatIsNotThere(long address) {
    guest.vd.write32(0x10, (int) address);
    guest.vd.write32(0x18, (int) (address >>> 32));

    assertThat(guest.command(Vmxnet3Command.ACTIVATE_DEV)).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.lastRefusal()).contains("DriverShared");
  }

  @Test
  void takesTheLargestLegalRings() {
    guest.setInt(TX + QueueDesc.TX_RING_SIZE, 4096);
    guest.setInt(TX + QueueDesc.TX_COMP_RING_SIZE, 4096);
    guest.setLong(TX + QueueDesc.TX_COMP_RING_PA, 0x100000);
    guest.setInt(RX + QueueDesc.RX_RING_SIZE, 4096);
    guest.setInt(RX + QueueDesc.RX_RING_SIZE + 4, 0);
    guest.setLong(RX + QueueDesc.RX_RING_PA + 8, -1);
    guest.setInt(RX + QueueDesc.RX_COMP_RING_SIZE, 8192);
    guest.setLong(RX + QueueDesc.RX_COMP_RING_PA, 0x200000);
    guest.setInt(TestGuest.SHARED + DriverShared.MTU, 9000);

    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_OK);
  }

  @Test
  void namesAllProblemsAtOnce() {
    guest.setInt(TX + QueueDesc.TX_RING_SIZE, 1);
    guest.setInt(RX + QueueDesc.RX_RING_SIZE, 1);
    guest.activate();

    assertThat(guest.device.lastRefusal()).contains("tx 0 ring size = 1", "rx 0 ring 0 size = 1");
  }

  @Test
  void refusesAnMtuThatPolicyForbids() {
    guest.host.allow = false;

    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.host.calls).containsExactly("mtu 1500");
    assertThat(guest.device.lastRefusal()).contains("MTU 1500");
  }

  @Test
  void refusesToActivateTwice() {
    guest.start();

    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.EMULATED);
    assertThat(guest.host.calls).isEmpty();
  }

  @Test
  void survivesRandomSharedMemory() {
    long seed = 20_10;
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      guest.prepare();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        boolean inShared = random.nextInt(3) == 0;
        int offset =
            inShared
                ? TestGuest.SHARED + 4 * random.nextInt(180)
                : TestGuest.QUEUES + 4 * random.nextInt(128);
        guest.setInt(offset, random.nextInt() >> random.nextInt(32));
      }
      int result = guest.activate();
      assertThat(result).as("seed %d round %d", seed, i).isIn(0, 1);
      guest.thread.pollUntilIdle();
      guest.receive(Frames.plain(TestGuest.MAC.value(), 100, i));
      guest.command(Vmxnet3Command.GET_STATS);
      guest.command(Vmxnet3Command.RESET_DEV);
    }
  }
}
