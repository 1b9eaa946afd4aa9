// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import static dev.npa.hypervisor.vswitch.Frames.frame;
import static dev.npa.hypervisor.vswitch.Frames.send;
import static dev.npa.hypervisor.vswitch.Frames.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.hypervisor.port.DropReason;
import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VirtualSwitchTest {
  private static final MacAddress A = MacAddress.parse("02:00:00:00:00:0a");
  private static final MacAddress B = MacAddress.parse("02:00:00:00:00:0b");
  private static final MacAddress C = MacAddress.parse("02:00:00:00:00:0c");
  private static final MacAddress FAR = MacAddress.parse("02:00:00:00:ff:01");
  private static final MacAddress ALL = new MacAddress(MacAddress.BROADCAST);

  private final RecordingPort uplink = new RecordingPort(100_000);
  private final RecordingPort guestA = new RecordingPort(100_000);
  private final RecordingPort guestB = new RecordingPort(100_000);
  private final RecordingPort guestC = new RecordingPort(100_000);
  private final VirtualSwitch vswitch = new VirtualSwitch();
  private final SwitchPort a = vswitch.addPort(A, guestA);
  private final SwitchPort b = vswitch.addPort(B, guestB);
  private final SwitchPort c = vswitch.addPort(C, guestC);

  @BeforeEach
  void activateAll() {
    vswitch.connect(uplink);
    a.state(PortState.EMULATED);
    b.state(PortState.EMULATED);
    c.state(PortState.EMULATED);
  }

  @Test
  void deliversUnicastToItsGuestOnly() {
    send(a, frame(B, A, 1));

    assertThat(guestB.frames).containsExactly(frame(B, A, 1));
    assertThat(guestB.flushes).isEqualTo(1);
    assertThat(guestC.frames).isEmpty();
    assertThat(uplink.frames).isEmpty();
  }

  /// Frames are padded on the wire, so that a tag's missing half would be what memory holds.
  @Test
  void dropsFramesThatEndInsideTheirTag() {
    a.permit(false, VlanSet.of(0));
    String whole = tagged(FAR, A, 5);

    for (int lengthBytes = 14; lengthBytes < 18; lengthBytes++) {
      send(a, whole.substring(0, 2 * lengthBytes));
    }

    assertThat(uplink.frames).isEmpty();
    assertThat(a.counters().drops()).containsEntry(DropReason.RUNT, 4L);
  }

  @Test
  void sendsOnWhatItCheckedThoughTheGuestChangesItsBuffer() {
    byte[] bytes = HexFormat.of().parseHex(frame(ALL, A, 1));
    MemorySegment guestMemory = Arena.ofAuto().allocate(bytes.length);
    guestMemory.copyFrom(MemorySegment.ofArray(bytes));
    vswitch.connect(
        new FramePort() {
          @Override
          public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
            MacAddress.write(guestMemory, 6, C.value());
            return uplink.offer(memory, offset, lengthBytes);
          }

          @Override
          public void flush() {
            uplink.flush();
          }
        });

    a.offer(guestMemory, 0, bytes.length);

    assertThat(uplink.frames).containsExactly(frame(ALL, A, 1));
    assertThat(guestB.frames).containsExactly(frame(ALL, A, 1));
  }

  @Test
  void sendsUnknownUnicastToTheUplink() {
    send(a, frame(FAR, A, 1));

    assertThat(uplink.frames).containsExactly(frame(FAR, A, 1));
    assertThat(uplink.flushes).isEqualTo(1);
    assertThat(guestB.frames).isEmpty();
  }

  @Test
  void replicatesGroupsToOtherGuestsAndTheUplink() {
    send(a, frame(ALL, A, 1));

    assertThat(guestB.frames).containsExactly(frame(ALL, A, 1));
    assertThat(guestC.frames).containsExactly(frame(ALL, A, 1));
    assertThat(uplink.frames).containsExactly(frame(ALL, A, 1));
    assertThat(guestA.frames).isEmpty();
  }

  @Test
  void deliversNothingFromTheUplinkBackToIt() {
    send(vswitch.fromUplink(), frame(ALL, FAR, 1));
    send(vswitch.fromUplink(), frame(B, FAR, 2));
    send(vswitch.fromUplink(), frame(FAR, FAR, 3));

    assertThat(guestA.frames).containsExactly(frame(ALL, FAR, 1));
    assertThat(guestB.frames).containsExactly(frame(ALL, FAR, 1), frame(B, FAR, 2));
    assertThat(uplink.frames).isEmpty();
    assertThat(vswitch.unknownFromUplink()).isEqualTo(1);
  }

  @Test
  void dropsAFrameToItself() {
    send(a, frame(A, A, 1));

    assertThat(guestA.frames).isEmpty();
    assertThat(uplink.frames).isEmpty();
  }

  @Test
  void sendsFramesForAGuestOnAVirtualFunctionToTheUplink() {
    b.state(PortState.PASSTHROUGH);

    send(a, frame(B, A, 1));
    send(a, frame(ALL, A, 2));

    assertThat(uplink.frames).containsExactly(frame(B, A, 1), frame(ALL, A, 2));
    assertThat(guestB.frames).isEmpty();
    assertThat(b.counters().dropped()).isZero();
  }

  @Test
  void countsWhatTheUplinkBringsForAGuestOnAVirtualFunction() {
    b.state(PortState.PASSTHROUGH);

    send(vswitch.fromUplink(), frame(B, FAR, 1));

    assertThat(guestB.frames).isEmpty();
    assertThat(b.counters().drops()).containsOnlyKeys(DropReason.PASSTHROUGH);
  }

  @Test
  void leavesAFrameToItsOwnerWhenTheUplinkIsFull() {
    uplink.buffers = 0;

    assertThat(send(a, frame(ALL, A, 1))).isFalse();

    assertThat(guestB.frames).isEmpty();
    assertThat(a.counters().fromGuestFrames()).isZero();
    uplink.buffers = 1;
    assertThat(send(a, frame(ALL, A, 1))).isTrue();
    assertThat(guestB.frames).containsExactly(frame(ALL, A, 1));
  }

  @Test
  void keepsFramesInOrderBehindTheBacklog() {
    guestB.buffers = 2;
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(frame(B, A, i));
      send(a, sent.getLast());
    }
    assertThat(b.backlogFrames()).isEqualTo(98);

    guestB.buffers = 1;
    vswitch.poll();
    guestB.buffers = 1000;
    sent.add(frame(B, C, 100));
    send(c, sent.getLast());
    while (vswitch.poll()) {
      assertThat(b.backlogFrames()).isLessThan(98);
    }

    assertThat(guestB.frames).isEqualTo(sent);
    assertThat(b.counters().toGuestFrames()).isEqualTo(101);
    assertThat(b.backlogFrames()).isZero();
  }

  @Test
  void holdsFramesUntilEmulationIsBack() {
    b.state(PortState.HOLDING);
    send(a, frame(B, A, 1));
    send(vswitch.fromUplink(), frame(ALL, FAR, 2));
    assertThat(vswitch.poll()).isFalse();
    assertThat(guestB.frames).isEmpty();

    b.state(PortState.EMULATED);
    vswitch.poll();

    assertThat(guestB.frames).containsExactly(frame(B, A, 1), frame(ALL, FAR, 2));
    assertThat(guestB.flushes).isEqualTo(1);
  }

  @Test
  void countsWhatOverflowsTheBacklog() {
    b.state(PortState.HOLDING);
    for (int i = 0; i < FrameBacklog.MAX_FRAMES + 3; i++) {
      send(a, frame(B, A, i));
    }

    assertThat(b.backlogFrames()).isEqualTo(FrameBacklog.MAX_FRAMES);
    assertThat(b.counters().drops()).containsEntry(DropReason.BACKLOG_FULL, 3L);
  }

  @Test
  void dropsAndCountsFramesForAGuestThatIsDown() {
    b.state(PortState.HOLDING);
    send(a, frame(B, A, 1));
    b.state(PortState.DOWN);
    send(a, frame(B, A, 2));

    assertThat(b.counters().drops()).containsEntry(DropReason.DOWN, 2L);
    assertThat(b.backlogFrames()).isZero();
  }

  @Test
  void dropsForgedSourcesUnlessPermitted() {
    send(a, frame(B, C, 1));
    assertThat(guestB.frames).isEmpty();
    assertThat(a.counters().drops()).containsEntry(DropReason.FORGED_SOURCE, 1L);

    a.permit(true, VlanSet.ALL);
    send(a, frame(B, C, 2));
    assertThat(guestB.frames).containsExactly(frame(B, C, 2));
  }

  @Test
  void keepsGuestsInsideTheirVlans() {
    a.permit(false, VlanSet.of(0, 7));
    b.permit(false, VlanSet.of(8));

    send(a, tagged(C, A, 8));
    send(a, tagged(B, A, 7));
    send(a, tagged(C, A, 7));

    assertThat(a.counters().drops()).containsEntry(DropReason.VLAN, 1L);
    assertThat(guestB.frames).isEmpty();
    assertThat(guestC.frames).containsExactly(tagged(C, A, 7));
  }

  @Test
  void dropsRunts() {
    assertThat(send(a, "0200000000ff0200")).isTrue();
    send(vswitch.fromUplink(), "0200000000ff0200");

    assertThat(a.counters().drops()).containsEntry(DropReason.RUNT, 1L);
  }

  @Test
  void givesPromiscuousGuestsACopyOfEverythingOnce() {
    c.promiscuous(true);

    send(a, frame(B, A, 1));
    send(a, frame(FAR, A, 2));
    send(a, frame(ALL, A, 3));
    send(vswitch.fromUplink(), frame(C, FAR, 4));

    assertThat(guestC.frames)
        .containsExactly(frame(B, A, 1), frame(FAR, A, 2), frame(ALL, A, 3), frame(C, FAR, 4));
    c.promiscuous(false);
    send(a, frame(B, A, 5));
    assertThat(guestC.frames).hasSize(4);
  }

  @Test
  void followsAChangedAddress() {
    MacAddress other = MacAddress.parse("02:00:00:00:00:bb");
    b.mac(other);

    send(a, frame(other, A, 1));
    send(a, frame(B, A, 2));

    assertThat(guestB.frames).containsExactly(frame(other, A, 1));
    assertThat(uplink.frames).containsExactly(frame(B, A, 2));
  }

  @Test
  void refusesAnAddressThatIsTakenOrAGroups() {
    assertThatIllegalArgumentException().isThrownBy(() -> b.mac(A));
    assertThatIllegalArgumentException().isThrownBy(() -> b.mac(ALL));
    assertThatIllegalArgumentException().isThrownBy(() -> vswitch.addPort(C, guestC));
    assertThat(b.mac()).isEqualTo(B);
  }

  @Test
  void forgetsARemovedPort() {
    vswitch.removePort(b);

    send(a, frame(B, A, 1));

    assertThat(uplink.frames).containsExactly(frame(B, A, 1));
    assertThat(vswitch.addPort(B, guestB).mac()).isEqualTo(B);
  }
}
