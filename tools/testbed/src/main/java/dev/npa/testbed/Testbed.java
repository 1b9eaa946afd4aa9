// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import com.sun.management.ThreadMXBean;
import dev.npa.hypervisor.Hypervisor;
import dev.npa.hypervisor.PluginStore;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.guest.InterruptController;
import dev.npa.shell.guest.Vcpu;
import dev.npa.verifier.trust.TrustAnchors;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// One host with an 82576 and two guests: the one place that knows hypervisor and shell.
///
/// Two threads, so that it fits two cores: the host's (network card, virtual switch, emulation) and
/// the guests' vCPU.
public final class Testbed implements AutoCloseable {
  private static final int GUESTS = 2;
  private static final long GUEST_MEMORY_BYTES = 64L << 20;
  private static final long FIRST_MAC = 0x5254_0000_0001L;

  private final DeviceThread host = new DeviceThread("host");
  private final Vcpu vcpu = new Vcpu("guests");
  private final PluginStore store;
  private final Hypervisor hypervisor;
  private final List<Guest> guests = new ArrayList<>();

  /// @param anchors whom both the hypervisor and the guests trust
  public Testbed(TrustAnchors anchors, ShellConfig config) {
    GuestMemory hostMemory = GuestMemory.allocate(Hypervisor.HOST_MEMORY_BYTES);
    // The PF driver polls: what the card has to say to the host, it reads from the card's
    // registers.
    I82576 nic = new I82576(hostMemory, (address, data) -> true, host);
    host.add(nic);
    store = new PluginStore(anchors, InstantSource.system());
    hypervisor = Hypervisor.start(nic, hostMemory, host, store);
    for (int i = 0; i < GUESTS; i++) {
      InterruptController interrupts = new InterruptController();
      guests.add(
          Guest.boot(
              hypervisor.createVm(
                  "guest-" + (i + 1),
                  new MacAddress(FIRST_MAC + i),
                  GUEST_MEMORY_BYTES,
                  interrupts,
                  PortPolicy.STANDARD),
              interrupts,
              vcpu,
              config,
              anchors));
    }
    host.start();
    vcpu.start();
  }

  public Hypervisor hypervisor() {
    return hypervisor;
  }

  public PluginStore store() {
    return store;
  }

  /// The two guests.
  public List<Guest> guests() {
    return List.copyOf(guests);
  }

  /// Bytes that both threads together have allocated since they started.
  public long allocatedBytes() {
    return allocatedBy(host.call(Thread::currentThread))
        + allocatedBy(vcpu.call(Thread::currentThread));
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
