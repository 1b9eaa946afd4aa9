// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Frames in bursts go where the same frames one by one go.
final class BurstSwitchTest {
  private static final int PITCH = 128;
  private static final MacAddress[] GUESTS = {
    MacAddress.parse("02:00:00:00:00:0a"),
    MacAddress.parse("02:00:00:00:00:0b"),
    MacAddress.parse("02:00:00:00:00:0c")
  };
  private static final MacAddress FAR = MacAddress.parse("02:00:00:00:ff:01");
  private static final MacAddress ALL = new MacAddress(MacAddress.BROADCAST);

  private final MemorySegment memory = Arena.ofAuto().allocate(FrameBurst.CAPACITY * PITCH);
  private final FrameBurst burst = new FrameBurst();

  /// A switch with three guests, all of whose receivers take bursts.
  private static final class Host {
    final RecordingPort uplink = new RecordingPort(1_000_000);
    final List<BurstPort> receivers = new ArrayList<>();
    final List<SwitchPort> ports = new ArrayList<>();
    final VirtualSwitch vswitch = new VirtualSwitch();

    Host() {
      vswitch.connect(uplink);
      for (MacAddress mac : GUESTS) {
        BurstPort receiver = new BurstPort();
        receivers.add(receiver);
        ports.add(vswitch.addPort(mac, receiver));
        ports.getLast().state(PortState.EMULATED);
      }
    }

    List<Object> observed() {
      return Stream.concat(
              Stream.of(uplink.frames, uplink.flushes),
              Stream.concat(
                  receivers.stream().map(r -> r.alone.frames),
                  ports.stream().map(SwitchPort::counters)))
          .map(Object.class::cast)
          .toList();
    }
  }

  /// Takes frames of a burst as far as it has buffers, their heads from the burst.
  private static final class BurstPort implements FramePort {
    final RecordingPort alone = new RecordingPort(0);
    int inBursts;

    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      return alone.offer(memory, offset, lengthBytes);
    }

    @Override
    public int offer(MemorySegment memory, FrameBurst burst, int from, int to) {
      int taken = 0;
      MemorySegment copy = MemorySegment.ofArray(new byte[PITCH]);
      for (int i = from; i < to && alone.buffers != 0; i++) {
        FrameBurst.copy(
            memory, burst.offset(i), copy, 0, burst.length(i), burst.first(i), burst.second(i));
        alone.offer(copy, 0, burst.length(i));
        taken++;
      }
      inBursts += taken;
      return taken;
    }

    @Override
    public void flush() {
      alone.flush();
    }
  }

  private void put(List<String> frames) {
    int bytes = 0;
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = HexFormat.of().parseHex(frames.get(i));
      memory.asSlice((long) i * PITCH, frame.length).copyFrom(MemorySegment.ofArray(frame));
      burst.set(i, memory, (long) i * PITCH, frame.length, bytes);
      bytes += frame.length;
    }
    burst.end(frames.size(), bytes, FrameBurst.SHORTEST_BYTES);
  }

  private void offer(FramePort port) {
    int sent = 0;
    while (sent < burst.count()) {
      int taken = port.offer(memory, burst, sent, burst.count());
      if (taken == 0) {
        assertThat(port.offer(memory, burst.offset(sent), burst.length(sent))).isTrue();
        taken = 1;
      }
      sent += taken;
    }
    port.flush();
  }

  private static String anyFrame(Random random, MacAddress own) {
    MacAddress to =
        switch (random.nextInt(8)) {
          case 0 -> ALL;
          case 1 -> FAR;
          default -> GUESTS[random.nextInt(GUESTS.length)];
        };
    MacAddress from = random.nextInt(8) == 0 ? FAR : own;
    return random.nextInt(8) == 0
        ? Frames.tagged(to, from, random.nextInt(3))
        : Frames.frame(to, from, random.nextInt());
  }

  private static List<String> anyFrames(Random random, MacAddress own) {
    List<String> frames = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    while (frames.size() < count) {
      String frame = anyFrame(random, own);
      int times = 1 + random.nextInt(6);
      for (int i = 0; i < times; i++) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private static void change(Host host, long seed) {
    Random same = new Random(seed);
    SwitchPort port = host.ports.get(same.nextInt(GUESTS.length));
    for (SwitchPort any : host.ports) {
      any.state(PortState.EMULATED);
      any.permit(same.nextInt(4) == 0, VlanSet.ALL);
      any.promiscuous(false);
    }
    switch (same.nextInt(8)) {
      case 0 -> port.state(PortState.values()[same.nextInt(PortState.values().length)]);
      case 1 -> port.promiscuous(true);
      case 2 -> port.permit(false, VlanSet.of(1));
      default -> {} // As it is most of the time.
    }
    host.receivers.forEach(receiver -> receiver.alone.buffers = same.nextInt(4) == 0 ? 5 : 500);
    host.vswitch.poll();
  }

  @Test
  void goTheSameWayAsFramesOneByOne() {
    Random random = new Random(1);
    Host alone = new Host();
    Host together = new Host();

    for (int round = 0; round < 2_000; round++) {
      long seed = random.nextLong();
      change(alone, seed);
      change(together, seed);
      int sender = random.nextInt(GUESTS.length);
      List<String> frames = anyFrames(random, GUESTS[sender]);
      put(frames);
      frames.forEach(
          frame -> {
            byte[] bytes = HexFormat.of().parseHex(frame);
            assertThat(alone.ports.get(sender).offer(MemorySegment.ofArray(bytes), 0, bytes.length))
                .isTrue();
          });
      alone.ports.get(sender).flush();
      offer(together.ports.get(sender));

      assertThat(together.observed()).isEqualTo(alone.observed());
    }
    assertThat(together.receivers)
        .allSatisfy(receiver -> assertThat(receiver.inBursts).isGreaterThan(1_000));
  }

  @Test
  void deliverTheHeadThatWasCheckedThoughTheGuestChangesItsBuffer() {
    Host host = new Host();
    host.receivers.get(1).alone.buffers = 1;
    put(List.of(Frames.frame(GUESTS[1], GUESTS[0], 1)));
    MacAddress.write(memory, 6, GUESTS[2].value());

    offer(host.ports.get(0));

    assertThat(host.receivers.get(1).alone.frames)
        .containsExactly(Frames.frame(GUESTS[1], GUESTS[0], 1));
    assertThat(host.receivers.get(1).inBursts).isEqualTo(1);
  }
}
