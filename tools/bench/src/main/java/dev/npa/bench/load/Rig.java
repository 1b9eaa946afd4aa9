// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.shell.ShellConfig;
import dev.npa.testbed.Cores;
import dev.npa.testbed.Guest;
import dev.npa.testbed.SamplePlugin;
import dev.npa.testbed.Testbed;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/// What measurements run on: guests on a host, in passthrough or emulated.
public final class Rig implements AutoCloseable {
  /// Standard Ethernet.
  private static final int MTU = 1500;

  /// Descriptors of each ring, unless said otherwise.
  public static final int RING = 512;

  private static final int MAX_WINDOW = 448;
  private static final int PACKAGE_BYTES = 1 << 20;

  private final Testbed testbed;
  private final int ringSize;

  private Rig(Testbed testbed, int ringSize) {
    this.testbed = testbed;
    this.ringSize = ringSize;
  }

  /// Makes rigs with the sample plugin; one for all measurements, so that keys are made once.
  public static final class Maker {
    private final ThrowawayPki pki;
    private final SamplePlugin plugin;

    /// @param image the product's image, which holds the sample plugin
    public Maker(Path image) throws IOException, GeneralSecurityException {
      pki = ThrowawayPki.create("Kawela sample vendor", Instant.now());
      plugin = SamplePlugin.fromImage(image);
    }

    /// Guests in passthrough, each with a virtual function and the sample plugin.
    public Rig passthrough(int guests, Cores cores) throws GeneralSecurityException {
      return passthrough(guests, cores, RING);
    }

    /// @param ringSize descriptors of each ring, a power of two from 64 to 4096
    public Rig passthrough(int guests, Cores cores, int ringSize) throws GeneralSecurityException {
      return passthrough(guests, cores, ringSize, List.of(plugin));
    }

    /// As many guests as vendors, each with another vendor's plugin.
    public Rig vendors(List<String> vendors, Cores cores) throws GeneralSecurityException {
      return passthrough(
          vendors.size(), cores, RING, vendors.stream().map(plugin::rebranded).toList());
    }

    private Rig passthrough(int guests, Cores cores, int ringSize, List<SamplePlugin> plugins)
        throws GeneralSecurityException {
      Rig rig = emulated(guests, cores, ringSize);
      try {
        for (int i = 0; i < guests; i++) {
          SamplePlugin own = plugins.get(i % plugins.size());
          rig.testbed.attach(rig.guest(i), own.signedPackage(pki.vendorKey()));
        }
      } catch (GeneralSecurityException | RuntimeException e) {
        rig.close();
        throw e;
      }
      return rig;
    }

    /// Guests in emulated mode.
    public Rig emulated(int guests, Cores cores, int ringSize) {
      ShellConfig config =
          new ShellConfig(
              MTU, ringSize, ringSize, 2 * ringSize, Math.max(2 * ringSize, 64), PACKAGE_BYTES);
      return new Rig(new Testbed(pki.trustAnchors(), config, guests, cores), ringSize);
    }
  }

  public Testbed testbed() {
    return testbed;
  }

  public Guest guest(int index) {
    return testbed.guests().get(index);
  }

  /// Frames on their way between two guests: as many as a receive ring takes with a margin.
  public int window() {
    return Math.min(MAX_WINDOW, ringSize - ringSize / 8);
  }

  @Override
  public void close() {
    testbed.close();
  }
}
