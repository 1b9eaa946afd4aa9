// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import com.sun.management.ThreadMXBean;
import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.Hypervisor;
import dev.npa.hypervisor.PluginStore;
import dev.npa.hypervisor.VirtualMachine;
import dev.npa.hypervisor.VmMode;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.shell.guest.InterruptController;
import dev.npa.shell.guest.Vcpu;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// One host with an 82576 and guests: the one place that knows hypervisor and shell.
///
/// The usual two threads fit two cores: the host's (network card, virtual switch, emulation) and
/// the guests' vCPU, which all of them share.
public final class Testbed implements AutoCloseable {
  private static final long GUEST_MEMORY_BYTES = 64L << 20;
  private static final long FIRST_MAC = 0x5254_0000_0001L;
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(20);

  private final DeviceThread host = new DeviceThread("host");
  private final Vcpu vcpu = new Vcpu("guests");
  private final Cores cores;
  private final I82576 nic;
  private final PluginStore store;
  private final Hypervisor hypervisor;
  private final List<Guest> guests = new ArrayList<>();

  /// Two guests on two threads.
  ///
  /// @param anchors whom both the hypervisor and the guests trust
  public Testbed(TrustAnchors anchors, ShellConfig config) {
    this(anchors, config, 2, Cores.TWO);
  }

  /// @param guests at most seven of them can have a virtual function
  public Testbed(TrustAnchors anchors, ShellConfig config, int guests, Cores cores) {
    this(anchors, config, guests, cores, Driver.trusting(Trust.of(anchors)));
  }

  /// @param driver boots the shell of each guest
  public Testbed(TrustAnchors anchors, ShellConfig config, int guests, Cores cores, Driver driver) {
    this.cores = cores;
    GuestMemory hostMemory = GuestMemory.allocate(Hypervisor.HOST_MEMORY_BYTES);
    // The PF driver polls: what the card has to say to the host, it reads from the card's
    // registers.
    nic = new I82576(hostMemory, (address, data) -> true, host);
    host.add(nic);
    store = new PluginStore(anchors, InstantSource.system());
    hypervisor = Hypervisor.start(nic, hostMemory, host, store);
    for (int i = 0; i < guests; i++) {
      this.guests.add(boot(i, config, driver));
    }
    switch (cores) {
      case NONE -> {}
      case ONE -> {
        vcpu.add(host::poll);
        vcpu.start();
      }
      case TWO -> {
        host.start();
        vcpu.start();
      }
    }
  }

  /// Gives every guest's driver and the host one turn, on the caller's thread.
  ///
  /// @throws IllegalStateException if the testbed has threads of its own
  public void step() {
    if (cores != Cores.NONE) {
      throw new IllegalStateException("this testbed makes its own rounds");
    }
    guests.forEach(guest -> guest.shell().poll());
    host.poll();
  }

  /// Gives the host one turn, as [#step] does.
  ///
  /// @return whether any device had work
  public boolean stepHost() {
    return host.poll();
  }

  private Guest boot(int index, ShellConfig config, Driver driver) {
    InterruptController interrupts = new InterruptController();
    VirtualMachine vm =
        hypervisor.createVm(
            "guest-" + (index + 1),
            new MacAddress(FIRST_MAC + index),
            GUEST_MEMORY_BYTES,
            interrupts,
            PortPolicy.STANDARD);
    return Guest.boot(vm, interrupts, vcpu, config, driver);
  }

  /// Gives a guest a virtual function with a plugin, and waits until its frames go that way.
  ///
  /// @param pluginPackage signed; it does not go through the store
  /// @throws IllegalStateException if the guest does not get there
  public void attach(Guest guest, byte[] pluginPackage) {
    Attach answer = administer(() -> hypervisor.offerPackage(guest.vm(), pluginPackage));
    boolean attached =
        answer == Attach.OFFERED
            && Await.until(
                () -> administer(() -> guest.vm().mode()) == VmMode.PASSTHROUGH, SWITCH_LIMIT)
            && guest.call(() -> guest.shell().mode()) == ShellMode.PASSTHROUGH;
    if (!attached) {
      throw new IllegalStateException(
          "no virtual function for %s: %s, %s"
              .formatted(guest.name(), answer, guest.call(() -> guest.shell().switchLog())));
    }
  }

  /// Does something as the host's administrator: one transaction of the host.
  public <T> T administer(Callable<T> operation) {
    return switch (cores) {
      case NONE -> {
        step();
        yield host.call(operation);
      }
      case ONE -> vcpu.call(operation);
      case TWO -> host.call(operation);
    };
  }

  /// The network card.
  public I82576 nic() {
    return nic;
  }

  public Hypervisor hypervisor() {
    return hypervisor;
  }

  public PluginStore store() {
    return store;
  }

  public List<Guest> guests() {
    return List.copyOf(guests);
  }

  /// Bytes that the threads of guests and host have allocated since they started.
  public long allocatedBytes() {
    long guestsBytes = allocatedBy(vcpu.call(Thread::currentThread));
    return switch (cores) {
      case NONE, ONE -> guestsBytes;
      case TWO -> guestsBytes + allocatedBy(host.call(Thread::currentThread));
    };
  }

  /// Processor time that the host's thread has used since it started; that of the one thread if
  /// there is but one.
  public long hostCpuNanos() {
    Thread thread = administer(Thread::currentThread);
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class)
        .getThreadCpuTime(thread.threadId());
  }

  private static long allocatedBy(Thread thread) {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class)
        .getThreadAllocatedBytes(thread.threadId());
  }

  @Override
  public void close() {
    guests.forEach(Guest::close);
    vcpu.close();
    host.close();
  }
}
