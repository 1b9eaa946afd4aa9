// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guest gets the same from frames in bursts as from the same frames one by one.
final class BurstReceiveTest {
  private static final int PITCH = 2048;
  private static final byte[] TCP4 =
      Frames.ethernet(
          "0800",
          "45000028 00010000 40067ccd 7f000001 7f000001"
              + "0014 0050 00000000 00000000 5002 2000 917c 0000");

  private final MemorySegment memory = Arena.ofAuto().allocate(FrameBurst.CAPACITY * PITCH);
  private final FrameBurst burst = new FrameBurst();

  private static TestGuest guest(int features) {
    TestGuest guest = new TestGuest(1);
    guest.setInt(TestGuest.SHARED + DriverShared.UPT_FEATURES, features);
    guest.setInt(TestGuest.SHARED + DriverShared.VLAN_TABLE, 1 << 5);
    guest.start();
    return guest;
  }

  /// As a transmit queue fills a burst.
  private void put(List<byte[]> frames) {
    int bytes = 0;
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = frames.get(i);
      memory.asSlice((long) i * PITCH, frame.length).copyFrom(MemorySegment.ofArray(frame));
      burst.set(i, memory, (long) i * PITCH, frame.length, bytes);
      bytes += frame.length;
    }
    burst.end(frames.size(), bytes, frames.stream().mapToInt(f -> f.length).min().orElse(0));
  }

  /// Offers what is in the burst as a transmit queue does.
  ///
  /// @return number of frames taken
  private int offer(FramePort port) {
    int sent = 0;
    while (sent < burst.count()) {
      int taken = port.offer(memory, burst, sent, burst.count());
      if (taken == 0 && !port.offer(memory, burst.offset(sent), burst.length(sent))) {
        break;
      }
      sent += Math.max(taken, 1);
    }
    port.flush();
    return sent;
  }

  private static byte[] anyFrame(Random random) {
    int lengthBytes = 17 + random.nextInt(random.nextBoolean() ? 80 : 1502);
    byte[] frame =
        switch (random.nextInt(8)) {
          case 0 -> TCP4.clone();
          case 1 -> Frames.plain(MacAddress.BROADCAST, lengthBytes, random.nextInt());
          case 2 -> Frames.plain(0x0200_0000_7777L, lengthBytes, random.nextInt());
          case 3 ->
              Frames.tagged(
                  Frames.plain(TestGuest.MAC.value(), lengthBytes, random.nextInt()),
                  random.nextInt(8));
          default -> Frames.plain(TestGuest.MAC.value(), lengthBytes, random.nextInt());
        };
    if (random.nextInt(8) == 0) {
      frame[12] = (byte) 0x88; // A service tag's EtherType, or half of one.
      frame[13] = (byte) 0xA8;
    }
    return frame;
  }

  private static List<byte[]> anyFrames(Random random) {
    List<byte[]> frames = new ArrayList<>();
    int count = 1 + random.nextInt(16);
    while (frames.size() < count) {
      byte[] frame = anyFrame(random);
      int times = 1 + random.nextInt(5);
      for (int i = 0; i < times; i++) {
        frames.add(frame.clone());
      }
    }
    return frames;
  }

  private static List<String> received(TestGuest guest) {
    List<String> result = new ArrayList<>();
    for (int[] word; (word = guest.nextRxCompletion()).length != 0; ) {
      byte[] bytes = guest.rxBuffer(0, word[0] & 0xFFF, word[2] & 0x3FFF);
      result.add(Arrays.toString(word) + Arrays.toString(bytes));
    }
    return result;
  }

  private static long[] statistics(TestGuest guest) {
    guest.command(Vmxnet3Command.GET_STATS);
    return IntStream.range(0, 10).mapToLong(i -> guest.stat(guest.rx(0), i)).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        DriverShared.FEATURE_RX_CHECKSUM,
        DriverShared.FEATURE_RX_VLAN,
        DriverShared.FEATURE_RX_CHECKSUM | DriverShared.FEATURE_RX_VLAN
      })
  void givesTheSameAsFramesOneByOne(int features) {
    Random random = new Random(features);
    TestGuest alone = guest(features);
    TestGuest together = guest(features);
    int waiting = 0; // Buffers that both guests have put and not got back.
    int starved = 0;

    for (int round = 0; round < 200; round++) {
      List<byte[]> frames = anyFrames(random);
      int buffers = random.nextInt(Math.min(24, TestGuest.RING - waiting)); // Too few for some.
      alone.putRxHeads(buffers);
      together.putRxHeads(buffers);
      put(frames);

      int taken = 0;
      while (taken < frames.size() && alone.receive(frames.get(taken))) {
        taken++;
      }
      assertThat(offer(together.device.receiver())).isEqualTo(taken);
      starved += taken < frames.size() ? 1 : 0;
      List<String> expected = received(alone);
      assertThat(received(together)).isEqualTo(expected);
      waiting += buffers - expected.size();
    }
    assertThat(starved).isPositive();
    assertThat(statistics(together)).isEqualTo(statistics(alone));
  }

  @Test
  void keepsTheHeadThatWasReadThoughTheSenderChangesItsBuffer() {
    TestGuest guest = guest(0);
    guest.putRxHeads(1);
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 100, 1);
    put(List.of(frame));
    MacAddress.write(memory, 0, 0x0200_0000_7777L);

    assertThat(guest.device.receiver().offer(memory, burst, 0, 1)).isEqualTo(1);
    assertThat(guest.rxBuffer(0, 0, 100)).isEqualTo(frame);
  }

  @Test
  void verifiesTheChecksumsOfWhatTheGuestGot() {
    TestGuest guest = guest(DriverShared.FEATURE_RX_CHECKSUM);
    guest.putRxHeads(1);
    put(List.of(TCP4));
    memory.set(ValueLayout.JAVA_BYTE, 50, (byte) 0x55); // Of the TCP checksum.

    assertThat(guest.device.receiver().offer(memory, burst, 0, 1)).isEqualTo(1);
    assertThat(guest.nextRxCompletion()[3])
        .isEqualTo(
            RxCompletion.TYPE
                | RxCompletion.FCS_OK
                | RxCompletion.IPV4
                | RxCompletion.TCP
                | RxCompletion.IP_CHECKSUM_OK);
  }
}
