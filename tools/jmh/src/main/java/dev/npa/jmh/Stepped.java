// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import dev.npa.bench.load.TestFrames;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.UngatedShell;
import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.region.Ungated;
import dev.npa.testbed.Cores;
import dev.npa.testbed.Guest;
import dev.npa.testbed.SamplePlugin;
import dev.npa.testbed.Testbed;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.function.Supplier;

/// Two guests with virtual functions, and no thread but the caller's.
public final class Stepped implements AutoCloseable {
  static final int BURST = 32;

  private static final ShellConfig CONFIG = ShellConfig.ofMtu(1500);

  private final Testbed testbed;
  private final Shell from;
  private final Shell to;
  private final TestFrames frames;
  private long delivered;

  private Stepped(Testbed testbed, byte[] pluginPackage) {
    this.testbed = testbed;
    Guest first = testbed.guests().getFirst();
    Guest second = testbed.guests().getLast();
    from = first.shell();
    to = second.shell();
    frames = new TestFrames(first, second);
    testbed.guests().forEach(guest -> testbed.attach(guest, pluginPackage));
    second.receiveInto((memory, offset, lengthBytes) -> delivered++);
  }

  /// The sample plugin as the gate lets it pass: verified, metered.
  static Stepped gated(Path image) throws IOException, GeneralSecurityException {
    ThrowawayPki pki = ThrowawayPki.create("Kawela sample vendor", Instant.now());
    byte[] signed = SamplePlugin.fromImage(image).signedPackage(pki.vendorKey());
    return new Stepped(new Testbed(pki.trustAnchors(), CONFIG, 2, Cores.NONE), signed);
  }

  /// The same classes as the compiler left them.
  static Stepped raw(Path image) throws IOException, GeneralSecurityException {
    SamplePlugin plugin = SamplePlugin.fromImage(image);
    return ungated(() -> Ungated.raw(plugin.entryClass(), plugin.classes()), plugin);
  }

  /// The sample plugin with a clock around its calls; see [TimedPlugin].
  static Stepped timed(Path image) throws IOException, GeneralSecurityException {
    return ungated(() -> Ungated.of(TimedPlugin.class), SamplePlugin.fromImage(image));
  }

  private static Stepped ungated(Supplier<LoadedPlugin> loaded, SamplePlugin plugin)
      throws GeneralSecurityException {
    ThrowawayPki pki = ThrowawayPki.create("Kawela sample vendor", Instant.now());
    return new Stepped(
        new Testbed(pki.trustAnchors(), CONFIG, 2, Cores.NONE, UngatedShell.running(loaded)),
        plugin.unsignedPackage());
  }

  Testbed testbed() {
    return testbed;
  }

  Shell from() {
    return from;
  }

  Shell to() {
    return to;
  }

  TestFrames frames() {
    return frames;
  }

  long delivered() {
    return delivered;
  }

  /// A burst of frames all the way from one guest's stack to the other's.
  ///
  /// @param lengthBytes without FCS
  /// @return frames delivered since the start
  long burst(int lengthBytes) {
    for (int i = 0; i < BURST; i++) {
      int buffer = from.transmitBuffer();
      frames.prepare(buffer);
      if (!from.send(buffer, lengthBytes, i + 1 < BURST)) {
        throw new IllegalStateException("the driver took " + i + " frames of " + BURST);
      }
    }
    testbed.stepHost();
    to.poll();
    from.poll();
    return delivered;
  }

  @Override
  public void close() {
    testbed.close();
  }
}
