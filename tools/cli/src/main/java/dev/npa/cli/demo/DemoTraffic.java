// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.shell.Shell;
import dev.npa.testbed.Flow;
import dev.npa.testbed.Guest;
import dev.npa.testbed.ReplayFrames;
import dev.npa.testbed.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The demo's two flows: each guest sends to the other what its side of the capture sent.
final class DemoTraffic {
  private static final int RX_MODES =
      DriverShared.RX_MODE_UNICAST
          | DriverShared.RX_MODE_MULTICAST
          | DriverShared.RX_MODE_BROADCAST;

  private final List<Guest> guests;
  private final CaptureSelection selection;
  private final List<ReplayFrames> frames = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  private DemoTraffic(List<Guest> guests, CaptureSelection selection) {
    this.guests = guests;
    this.selection = selection;
  }

  /// @param guests two
  /// @throws IOException if a guest may not receive what the capture holds
  static DemoTraffic between(List<Guest> guests, CaptureSelection selection) throws IOException {
    DemoTraffic traffic = new DemoTraffic(guests, selection);
    for (int i = 0; i < guests.size(); i++) {
      ReplayFrames replay = new ReplayFrames(selection.sentBy(i));
      Flow flow = new Flow(replay);
      traffic.frames.add(replay);
      traffic.flows.add(flow);
      Shell shell = guests.get(i).shell();
      traffic.senders.add(new Sender(shell, flow));
      guests.get(1 - i).receiveInto(flow::arrived);
    }
    for (Guest guest : guests) {
      traffic.join(guest);
    }
    traffic.readdress();
    return traffic;
  }

  /// Lets the guest receive the groups and VLANs that the capture uses.
  private void join(Guest guest) throws IOException {
    boolean joined =
        guest.call(
            () -> {
              boolean all =
                  guest.shell().setMulticast(selection.groups())
                      && guest.shell().setRxMode(RX_MODES);
              for (int vid : selection.vlans()) {
                all &= guest.shell().setVlan(vid, true);
              }
              return all;
            });
    if (!joined) {
      throw new IOException(
          "%s may not receive all of the capture's %d groups and %d VLANs"
              .formatted(guest.name(), selection.groups().size(), selection.vlans().size()));
    }
  }

  /// Puts the guests' present addresses into the frames. Nothing may be on its way.
  void readdress() {
    MacAddress first = guests.getFirst().vm().mac();
    MacAddress second = guests.getLast().vm().mac();
    guests
        .getFirst()
        .call(
            () -> {
              frames.getFirst().readdress(first, second);
              frames.getLast().readdress(second, first);
              return true;
            });
  }

  void start() {
    for (int i = 0; i < guests.size(); i++) {
      guests.get(i).run(senders.get(i));
    }
  }

  void pause(boolean pause) {
    senders.forEach(sender -> sender.pause(pause));
    guests.forEach(Guest::wake);
  }

  void stop() {
    pause(true);
  }

  CaptureSelection selection() {
    return selection;
  }

  boolean settled() {
    return flows.stream().allMatch(Flow::settled);
  }

  /// Frames delivered in both directions.
  long received() {
    return flows.stream().mapToLong(Flow::received).sum();
  }

  long receivedBytes() {
    return flows.stream().mapToLong(Flow::receivedBytes).sum();
  }

  /// Frames sent in the direction that has sent fewer.
  long leastSent() {
    return flows.stream().mapToLong(Flow::sent).min().orElseThrow();
  }

  Flow flow(int sender) {
    return flows.get(sender);
  }
}
