// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.hypervisor.TestHost.A;
import static dev.npa.hypervisor.TestHost.ALL;
import static dev.npa.hypervisor.TestHost.B;
import static dev.npa.hypervisor.vswitch.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.pf.VfRings;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Guest A switches to and fro while A and B send to each other, one frame in four to everybody.
/// Before every step of the switch-over frames are left on their way, in all rings.
final class SwitchUnderLoad {
  private final TestHost host;
  private final VirtualMachine vmA;
  private final TestGuest a;
  private final TestGuest b;
  private final List<String> sentToA = new ArrayList<>();
  private final List<String> sentToB = new ArrayList<>();
  private final List<String> receivedByA = new ArrayList<>();
  private Optional<VfRings> running = Optional.empty();

  SwitchUnderLoad(TestHost host, VirtualMachine vmA, TestGuest a, TestGuest b) {
    this.host = host;
    this.vmA = vmA;
    this.a = a;
    this.b = b;
  }

  List<String> sentToA() {
    return sentToA;
  }

  List<String> sentToB() {
    return sentToB;
  }

  List<String> receivedByA() {
    return receivedByA;
  }

  List<String> receivedByB() {
    return b.received;
  }

  void toPassthrough() {
    a.send(burst(sentToB, true));
    bSends();
    assertThat(host.hypervisor.offerPackage(vmA, new byte[100])).isEqualTo(Attach.OFFERED);
    bSends();
    host.thread.poll();
    assertThat(a.loadPlugin(TestGuest.REGION_BYTES)).isZero();
    assertThat(a.registerMemory()).isZero();
    a.send(burst(sentToB, true));
    bSends();
    assertThat(a.command(Vmxnet3Command.STOP_EMULATION)).isZero();
    bSends();
    VfRings rings = a.vfRings();
    rings.start();
    bSends();
    while (a.command(Vmxnet3Command.ACTIVATE_VF) == Vmxnet3Command.RESULT_RETRY) {
      a.receive(true);
    }
    assertThat(vmA.mode()).isEqualTo(VmMode.PASSTHROUGH);
    rings.send(burst(sentToB, true));
    bSends();
    takeEmulated();
    host.settle();
    b.receive(true);
    receivedByA.addAll(rings.received());
    running = Optional.of(rings);
  }

  void toEmulated() {
    VfRings rings = running.orElseThrow();
    rings.send(burst(sentToB, true));
    bSends();
    host.thread.poll();
    rings.send(burst(sentToB, true));
    bSends();
    assertThat(host.hypervisor.detachVf(vmA)).isTrue();
    receivedByA.addAll(rings.received());
    bSends();
    host.thread.poll();
    bSends();
    a.activate(100);
    a.send(burst(sentToB, true));
    bSends();
    host.settle();
    takeEmulated();
    b.receive(true);
  }

  private void takeEmulated() {
    a.receive(true);
    receivedByA.addAll(a.received);
    a.received.clear();
  }

  private void bSends() {
    b.send(burst(sentToA, false));
  }

  private static List<String> burst(List<String> log, boolean fromA) {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = log.size() + i;
      boolean group = number % 4 == 3;
      frames.add(fromA ? frame(group ? ALL : B, A, number) : frame(group ? ALL : A, B, number));
    }
    log.addAll(frames);
    return frames;
  }
}
