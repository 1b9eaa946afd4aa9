// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.Hypervisor;
import dev.npa.hypervisor.PluginStore;
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
import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.ThrowawayPki;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Four guests on four functions with four vendors' plugins, classes of four names, on one vCPU:
/// each plugin has its own region and its own copy of the shell's loop.
final class FourVendorsTest {
  private static final int VENDORS = 4;
  private static final int FRAMES = 20_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path KAWELA = Path.of("../../sample-plugins/kawela/target/classes");

  private final DeviceThread host = new DeviceThread("host");
  private final Vcpu vcpu = new Vcpu("guests");
  private final List<Guest> guests = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  @Test
  void runsFourPluginsOfDifferentNamesAtOnce() throws Exception {
    ThrowawayPki pki = ThrowawayPki.create("Four vendors", Instant.now());
    GuestMemory hostMemory = GuestMemory.allocate(Hypervisor.HOST_MEMORY_BYTES);
    I82576 nic = new I82576(hostMemory, (address, data) -> true, host);
    host.add(nic);
    PluginStore store = new PluginStore(pki.trustAnchors(), InstantSource.system());
    Hypervisor hypervisor = Hypervisor.start(nic, hostMemory, host, store);
    for (int i = 0; i < VENDORS; i++) {
      boot(hypervisor, pki, i);
    }
    host.start();
    vcpu.start();
    for (int i = 0; i < VENDORS; i++) {
      connect(guests.get(i), guests.get((i + 1) % VENDORS));
    }

    for (int i = 0; i < VENDORS; i++) {
      assertThat(hypervisor.offerPackage(guests.get(i).vm(), vendor(i, pki)))
          .isEqualTo(Attach.OFFERED);
    }
    assertThat(Await.until(this::allInPassthrough, LIMIT))
        .as("all in passthrough: %s", logs())
        .isTrue();
    long[] before = flows.stream().mapToLong(Flow::received).toArray();
    for (int i = 0; i < VENDORS; i++) {
      Flow flow = flows.get(i);
      long target = before[i] + FRAMES;
      assertThat(Await.until(() -> flow.received() >= target, LIMIT)).as("flow " + i).isTrue();
    }
    assertThat(allInPassthrough()).isTrue();
    senders.forEach(sender -> sender.pause(true));
    assertThat(Await.until(() -> flows.stream().allMatch(Flow::settled), LIMIT)).isTrue();

    assertThat(flows).allMatch(flow -> flow.tally().perfect());
    guests.forEach(Guest::close);
    vcpu.close();
    host.close();
  }

  private void boot(Hypervisor hypervisor, ThrowawayPki pki, int index) {
    InterruptController interrupts = new InterruptController();
    guests.add(
        Guest.boot(
            hypervisor.createVm(
                "guest-" + index,
                new MacAddress(0x5254_0000_0001L + index),
                64L << 20,
                interrupts,
                PortPolicy.STANDARD),
            interrupts,
            vcpu,
            ShellConfig.ofMtu(1500),
            Driver.trusting(Trust.of(pki.trustAnchors()))));
  }

  private void connect(Guest from, Guest to) {
    byte[] frame = new byte[200];
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xB5;
    ReplayFrames frames = new ReplayFrames(List.of(frame));
    frames.readdress(from.vm().mac(), to.vm().mac());
    Flow flow = new Flow(frames);
    flows.add(flow);
    to.receiveInto(flow::arrived);
    Sender sender = new Sender(from.shell(), flow);
    senders.add(sender);
    from.run(sender);
  }

  private boolean allInPassthrough() {
    return guests.stream()
        .allMatch(
            guest ->
                guest.vm().mode() == VmMode.PASSTHROUGH
                    && guest.call(() -> guest.shell().mode()) == ShellMode.PASSTHROUGH);
  }

  private List<?> logs() {
    return guests.stream().map(guest -> guest.call(() -> guest.shell().switchLog())).toList();
  }

  /// Kawela under another vendor's name, of the same length.
  static byte[] vendor(int index, ThrowawayPki pki) throws IOException, GeneralSecurityException {
    String name = "v" + index;
    PackageBuilder builder =
        new PackageBuilder(
            new PluginManifest(
                    "example." + name + ".vf",
                    "1.0.0",
                    1,
                    "example." + name + ".vf.KawelaPlugin",
                    List.of(new DeviceId(0x8086, 0x10CA)),
                    Optional.of("GPL-2.0-or-later"),
                    Optional.empty())
                .withSourceAt("https://example.org/sources.zip", "0".repeat(96), "2099-12-31"));
    builder.addLicenceText("GPL-2.0-or-later");
    try (Stream<Path> files = Files.walk(KAWELA)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String entry = KAWELA.relativize(file).toString();
        if (!entry.endsWith("package-info.class")) {
          builder.add(
              entry.replace("org/kawela/", "example/" + name + "/"),
              renamed(Files.readAllBytes(file), name));
        }
      }
    }
    return PackageSigner.sign(builder.build(), pki.vendorKey());
  }

  private static byte[] renamed(byte[] classFile, String name) {
    return new String(classFile, StandardCharsets.ISO_8859_1)
        .replace("org/kawela/", "example/" + name + "/")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
