// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.shell.guest.GuestStack;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// A device, or a hypervisor, that scribbles over rings and the shared block while they are in use:
/// completions of buffers never posted, absurd lengths, events, anything.
final class SpoiledMemoryTest {
  private static final int ROUNDS = 3000;

  /// Where the shell puts the shared block and the rings: its first allocations.
  private static final long SPOILED_FROM = 1 << 20;

  private static final int SPOILED_BYTES = 200 * 1024;

  private final AtomicLong clock = new AtomicLong();
  private final DeviceThread thread = new DeviceThread("devices");
  private final TinyHost host = new TinyHost(thread, MacAddress.parse("02:00:00:00:00:0a"));
  private int received;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverEndsTheGuest(long seed) {
    TinyHost.connect(host, host);
    Shell shell =
        Shell.boot(
            host.device.function(),
            host.memory,
            host.interrupts,
            ShellConfig.ofMtu(1500),
            new Counting(),
            TwoGuests.accepting(KawelaPlugin.class),
            Runnable::run,
            clock::get);
    SplittableRandom random = new SplittableRandom(seed);
    MemorySegment memory = host.memory.segment();
    for (int i = 0; i < ROUNDS; i++) {
      for (int n = random.nextInt(20); n > 0; n--) {
        long at = SPOILED_FROM + (random.nextInt(SPOILED_BYTES) & ~3);
        memory.set(ValueLayout.JAVA_INT, at, nasty(random));
      }
      clock.addAndGet(random.nextInt(20_000_000));
      send(shell);
      host.interrupts.message(0xFEE0_0000L, 32 + random.nextInt(2));
      thread.poll();
      shell.poll();
    }

    assertThat(shell.statistics().deviceRestarts()).isPositive();
    // It still answers, and what it holds is bounded.
    assertThat(shell.mode()).isEqualTo(ShellMode.EMULATED);
    assertThat(shell.statistics().framesInFlight() + shell.statistics().framesWaiting())
        .isBetween(0, 1024);
    assertThat(received).isNotNegative();
  }

  private static int nasty(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 1 << random.nextInt(32);
      case 3 -> random.nextInt() | 1 << 31;
      default -> random.nextInt();
    };
  }

  private static void send(Shell shell) {
    int buffer = shell.transmitBuffer();
    if (buffer != Shell.NO_BUFFER && !shell.send(buffer, 60, false)) {
      shell.returnBuffer(buffer);
    }
  }

  private final class Counting implements GuestStack {
    @Override
    public void receive(MemorySegment memory, long offset, int lengthBytes) {
      received++;
      memory.asSlice(offset, lengthBytes); // within the guest's memory
    }

    @Override
    public void receiveDone() {}
  }
}
