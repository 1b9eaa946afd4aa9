// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.VmMode;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.testbed.Await;
import dev.npa.testbed.Guest;
import dev.npa.testbed.SamplePlugin;
import dev.npa.testbed.Testbed;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Measures guest 1 to guest 2, closed loop: the sender keeps a window of frames on their way.
final class Bench {
  private static final int[] FRAME_BYTES = {64, 1518};
  private static final int FCS_BYTES = 4;
  private static final int MTU = 1500;
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long RUN_NANOS = 1_000_000_000L;
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(20);

  private final Path image;
  private final int runs;

  Bench(Path image, int runs) {
    this.image = image;
    this.runs = runs;
  }

  List<BenchResult> run() throws IOException, GeneralSecurityException {
    ThrowawayPki pki = ThrowawayPki.create("Kawela sample vendor", Instant.now());
    byte[] plugin = SamplePlugin.fromImage(image).signedPackage(pki.vendorKey());
    List<BenchResult> results = new ArrayList<>();
    for (String path : List.of("passthrough", "emulated")) {
      // A host of its own for each path: what the JIT learnt from the other one is not shared.
      try (Testbed testbed = new Testbed(pki.trustAnchors(), ShellConfig.ofMtu(MTU))) {
        if (path.equals("passthrough")) {
          attach(testbed, plugin);
        }
        for (int frameBytes : FRAME_BYTES) {
          results.add(measure(testbed, path, frameBytes));
        }
      }
    }
    return results;
  }

  private static void attach(Testbed testbed, byte[] plugin) throws IOException {
    if (testbed.store().offer(plugin) instanceof Verdict.Refused<?> refused) {
      throw new IOException("the sample plugin was refused: " + refused.refusals());
    }
    for (Guest guest : testbed.guests()) {
      Attach answer = testbed.hypervisor().attachVf(guest.vm());
      boolean attached =
          answer == Attach.OFFERED
              && Await.until(
                  () ->
                      guest.vm().mode() == VmMode.PASSTHROUGH
                          && guest.call(() -> guest.shell().mode()) == ShellMode.PASSTHROUGH,
                  SWITCH_LIMIT);
      if (!attached) {
        throw new IOException("no virtual function for " + guest.name() + ": " + answer);
      }
    }
  }

  private BenchResult measure(Testbed testbed, String path, int frameBytes) {
    Guest from = testbed.guests().getFirst();
    Guest to = testbed.guests().getLast();
    BenchFlow flow =
        new BenchFlow(from.shell(), from.vm().mac(), to.vm().mac(), frameBytes - FCS_BYTES);
    to.receiveInto((memory, offset, lengthBytes) -> flow.arrived());
    from.run(flow);
    LockSupport.parkNanos(WARM_UP_NANOS);
    double[] rates = new double[runs];
    long startDelivered = flow.delivered();
    long startSent = flow.sent();
    long startAllocated = testbed.allocatedBytes();
    for (int i = 0; i < runs; i++) {
      long frames = flow.delivered();
      long start = System.nanoTime();
      LockSupport.parkNanos(RUN_NANOS);
      long nanos = System.nanoTime() - start;
      rates[i] = (flow.delivered() - frames) * 1e9 / nanos;
    }
    long allocated = testbed.allocatedBytes() - startAllocated;
    long delivered = flow.delivered() - startDelivered;
    flow.stop();
    from.stop(flow);
    Await.whileProgressing(flow::settled, flow::delivered, Duration.ofMillis(200));
    long lost = flow.sent() - flow.delivered();
    return new BenchResult(
        path,
        frameBytes,
        rates,
        (double) allocated / Math.max(1, delivered),
        flow.sent() - startSent,
        flow.sent() - startSent - lost);
  }
}
