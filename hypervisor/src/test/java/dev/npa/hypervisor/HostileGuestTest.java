// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.hypervisor.TestHost.A;
import static dev.npa.hypervisor.TestHost.B;
import static dev.npa.hypervisor.vswitch.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.MemRegs;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guest that does anything it can reach, with the whole host behind it: no exception may leave a
/// trap or a device's turn, and the guest beside it must stay connected.
final class HostileGuestTest {
  private static final MacAddress EVIL = MacAddress.parse("02:00:00:00:00:0e");
  private static final byte[] PACKAGE = {1, 2, 3, 4, 5};
  private static final long MAC_BASE = 0x0200_0000_1000L;
  private static final int STEPS = 20_000;
  private static final int[] BOUNDARIES = {
    0, 1, -1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF, 0x1000, 0x20_0000, 0x3F_F000, 0x40_0000, 0xFFF
  };

  private final TestHost host = new TestHost();
  private final VirtualMachine vmEvil = host.vm("evil", EVIL, PortPolicy.STANDARD);
  private final VirtualMachine vmA = host.vm("a", A, PortPolicy.STANDARD);
  private final VirtualMachine vmB = host.vm("b", B, PortPolicy.STANDARD);
  private final TestGuest evil = new TestGuest(vmEvil);
  private final TestGuest a = new TestGuest(vmA);
  private final TestGuest b = new TestGuest(vmB);
  private final List<Bar> stale = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void harmsNobodyElse(long seed) {
    Random random = new Random(Long.getLong("npa.fuzz.seed", 0) + seed);
    boot();
    for (int i = 0; i < STEPS; i++) {
      step(random);
      if (random.nextInt(4) == 0) {
        rounds(random.nextInt(4));
      }
      if (i % 1000 == 0) {
        assertNeighboursTalk(i);
      }
    }
    hypervisorTakesAllBack();
    assertThat(vmEvil.statistics().switchesToPassthrough()).isGreaterThan(100);
    assertNeighboursTalk(STEPS);
    host.attach(vmA, a);
  }

  @Test
  void diesNotWhenTheThreadRuns() {
    Random random = new Random(7);
    boot();
    host.thread.start();
    for (int i = 0; i < STEPS; i++) {
      step(random);
    }
    host.thread.close();
    hypervisorTakesAllBack();
    assertNeighboursTalk(0);
  }

  /// 82576: 7 functions for guests, 24 address filters.
  @Test
  void leaksNoFunctionAndNoFilter() {
    Random random = new Random(8);
    boot();
    for (int cycle = 0; cycle < 1000; cycle++) {
      switchOver(random);
      for (int i = random.nextInt(5); i > 0; i--) {
        step(random);
      }
      rounds(2);
      hypervisorTakesAllBack();
    }
    assertThat(vmEvil.statistics().switchesToPassthrough()).isGreaterThan(100);
    host.hypervisor.removeVm(vmEvil);
    host.attach(vmA, a);
    host.attach(vmB, b);
    for (int i = 0; i < 5; i++) {
      VirtualMachine vm = host.vm("vm" + i, new MacAddress(MAC_BASE + i), PortPolicy.STANDARD);
      TestGuest guest = new TestGuest(vm);
      guest.activate(100);
      host.attach(vm, guest);
    }
    for (int i = 5; i < 22; i++) {
      host.vm("vm" + i, new MacAddress(MAC_BASE + i), PortPolicy.STANDARD);
    }
  }

  private void boot() {
    evil.activate(100);
    assertThat(a.activate(100)).isZero();
    assertThat(b.activate(100)).isZero();
  }

  private void hypervisorTakesAllBack() {
    host.hypervisor.detachVf(vmEvil);
    host.hypervisor.quarantined().forEach(vf -> host.hypervisor.release(vf.vf()));
    assertThat(vmEvil.vf()).isEmpty();
  }

  /// Rounds, not until idle: the hostile guest's rings may make work without end.
  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      host.thread.poll();
    }
  }

  private void assertNeighboursTalk(int number) {
    for (int i = 0; i < 50; i++) { // What the hostile guest sent them so far.
      rounds(1);
      a.receive(true);
      b.receive(true);
    }
    a.send(List.of(frame(B, A, number)));
    b.send(List.of(frame(A, B, number)));
    rounds(50);
    a.receive(true);
    b.receive(true);
    assertThat(b.received).contains(frame(B, A, number));
    assertThat(a.received).contains(frame(A, B, number));
    a.received.clear();
    b.received.clear();
    host.wire.frames.clear();
    host.interrupts.clear();
  }

  private void step(Random random) {
    PciFunction function = vmEvil.vmxnet3();
    switch (random.nextInt(16)) {
      case 0 -> access(function.bar(Vmxnet3Registers.BAR_PASSTHROUGH), random);
      case 1 -> access(function.bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE), random);
      case 2 -> access(function.bar(Vmxnet3Registers.BAR_MSIX), random);
      case 3, 4, 5 -> access(function.bar(Vmxnet3Registers.BAR_VF_WINDOW), random);
      case 6 -> configure(function, random);
      case 7, 8 -> command(random);
      case 9 -> scribble(random);
      case 10 -> evil.activate(random.nextInt(128));
      case 11 -> {
        stale.add(function.bar(Vmxnet3Registers.BAR_VF_WINDOW));
        access(stale.get(random.nextInt(stale.size())), random);
      }
      case 12 -> hypervisorActs(random);
      case 13 -> evil.loadPlugin(anyOf(random, 0, TestGuest.REGION_BYTES, 4096, value(random)));
      case 14 -> registerMemory(random);
      default -> switchOver(random);
    }
  }

  private void hypervisorActs(Random random) {
    switch (random.nextInt(3)) {
      case 0 -> host.hypervisor.detachVf(vmEvil);
      case 1 -> host.hypervisor.quarantined().forEach(vf -> host.hypervisor.release(vf.vf()));
      default -> host.hypervisor.offerPackage(vmEvil, PACKAGE);
    }
  }

  /// The way to a function as far as it goes, so that the rest meets one that runs.
  private void switchOver(Random random) {
    Bar control = vmEvil.vmxnet3().bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE);
    control.write32(Vmxnet3Registers.VRRS, 1);
    control.write32(Vmxnet3Registers.UVRS, 1);
    evil.command(Vmxnet3Command.RESET_DEV);
    evil.activate(100);
    host.hypervisor.offerPackage(vmEvil, PACKAGE);
    evil.loadPlugin(TestGuest.REGION_BYTES);
    evil.registerMemory();
    evil.command(Vmxnet3Command.STOP_EMULATION);
    if (random.nextInt(8) != 0) {
      evil.vfRings().start();
    }
    evil.command(Vmxnet3Command.ACTIVATE_VF);
    if (vmEvil.mode() == VmMode.PASSTHROUGH && random.nextBoolean()) {
      evil.vfRings().send(List.of(frame(A, EVIL, -1), frame(B, A, -2)));
    }
  }

  private void registerMemory(Random random) {
    MemorySegment memory = vmEvil.memory().segment();
    int count = random.nextInt(MemRegs.MAX_REGIONS + 2);
    memory.set(ValueLayout.JAVA_SHORT, 0x7000 + MemRegs.COUNT, (short) count);
    for (int i = 0; i < count; i++) {
      long entry = 0x7000 + MemRegs.HEADER_BYTES + (long) i * MemRegs.REGION_BYTES;
      memory.set(ValueLayout.JAVA_LONG, entry + MemRegs.START, address(random));
      memory.set(ValueLayout.JAVA_INT, entry + MemRegs.LENGTH, value(random));
    }
    memory.set(ValueLayout.JAVA_INT, 0x1000 + DriverShared.CMD_INFO, anyOf(random, 512, count));
    memory.set(ValueLayout.JAVA_LONG, 0x1000 + DriverShared.CMD_INFO + 8, 0x7000);
    evil.command(Vmxnet3Command.REGISTER_MEMREGS);
  }

  private static void access(Bar bar, Random random) {
    int offset = random.nextInt(64) == 0 ? value(random) : random.nextInt(bar.sizeBytes()) & -4;
    if (random.nextBoolean()) {
      offset &= 0x3FF; // Where control registers are.
    } else if (random.nextBoolean() && bar.sizeBytes() > 0x4000) {
      offset = anyOf(random, 0x1500, 0x2800, 0x3800, 0xC40, 0x800) + 4 * random.nextInt(32);
    }
    if (random.nextInt(4) == 0) {
      bar.read32(offset);
    } else {
      bar.write32(offset, value(random));
    }
  }

  private static void configure(PciFunction function, Random random) {
    int offset = random.nextInt(8) == 0 ? value(random) : random.nextInt(256);
    function.config().write(offset, 1 << random.nextInt(3), value(random));
    function.config().read(value(random), random.nextInt(6));
    function.config().write(4, 2, random.nextInt(8) == 0 ? 0 : 6);
  }

  private void command(Random random) {
    int base = random.nextInt(4) == 0 ? Vmxnet3Command.GET_QUEUE_STATUS : 0xCAFE_0000;
    evil.command(random.nextInt(32) == 0 ? value(random) : base + random.nextInt(18));
  }

  /// Structures shared with the device, its rings, the function's rings; then rings the doorbells.
  private void scribble(Random random) {
    MemorySegment memory = vmEvil.memory().segment();
    long area =
        switch (random.nextInt(8)) {
          case 0 -> 0x1000 + random.nextInt(DriverShared.SIZE_BYTES);
          case 1 -> 0x2000 + random.nextInt(512);
          case 2 -> TestGuest.VF_RINGS + random.nextInt(0x2000);
          default -> 0x3000 + random.nextInt(0x4000);
        };
    for (int i = random.nextInt(32); i >= 0; i--) {
      long offset = (area & -4) + 4L * i;
      if (random.nextBoolean() && offset % 8 == 0) {
        memory.set(ValueLayout.JAVA_LONG, offset, address(random));
      } else {
        memory.set(ValueLayout.JAVA_INT, offset, value(random));
      }
    }
    evil.giveBuffer();
    evil.send(List.of(frame(A, EVIL, -3)));
  }

  private static long address(Random random) {
    return random.nextInt(4) == 0
        ? random.nextLong()
        : random.nextInt(0x40_0000) & (random.nextBoolean() ? -1L : -4096L);
  }

  private static int value(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt();
      case 1 -> 1 << random.nextInt(32);
      default -> anyOf(random, BOUNDARIES);
    };
  }

  private static int anyOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
