// SPDX-License-Identifier: MIT
package dev.npa.shell.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.InterruptController;
import dev.npa.verifier.packaging.ThrowawayPki;
import dev.npa.verifier.trust.TrustAnchors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built-in plugin drives a vmxnet3 device that its authors did not write.
final class Vmxnet3OnQemuTest {
  private static final MacAddress GUEST = MacAddress.parse("52:54:00:12:34:56");
  private static final MacAddress PEER = MacAddress.parse("52:54:00:aa:bb:cc");
  private static final int VECTORS = 2;
  private static final int MSIX_ENTRY_BYTES = 16;
  private static final int RING_SIZE = 64;
  private static final int SHORTEST = 60;
  private static final int LONGEST = 1514;
  private static final long SEED = 20261123;

  private final Received stack = new Received();
  private final Random random = new Random(SEED);
  private QemuVmxnet3 qemu;
  private Bar msixTable;
  private InterruptController interrupts;
  private Shell shell;

  @BeforeEach
  void bootOnQemu(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    qemu = QemuVmxnet3.start(directory, GUEST.toString());
    msixTable = qemu.function().bar(Vmxnet3Registers.BAR_MSIX);
    interrupts = new InterruptController();
    TrustAnchors anchors = ThrowawayPki.create("nobody", Instant.now()).trustAnchors();
    ShellConfig config = new ShellConfig(1500, RING_SIZE, RING_SIZE, 256, 256, 4096);
    shell = Shell.boot(qemu.function(), qemu.memory(), interrupts, config, anchors, stack);
  }

  @AfterEach
  void stop() throws IOException {
    if (shell != null) {
      shell.close();
    }
    if (qemu != null) {
      qemu.close();
    }
  }

  @Test
  void readsAddressAndLink() {
    assertThat(shell.mac()).isEqualTo(GUEST);
    assertThat(shell.permanentMac()).isEqualTo(GUEST);
    assertThat(shell.linkUp()).isTrue();
  }

  @Test
  void sendsFramesOfEveryLengthInOrderAcrossRingWraps() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (int length = SHORTEST; length <= LONGEST; length += 7) {
      frames.add(frame(PEER, GUEST, length));
    }
    assertThat(frames.size()).isGreaterThan(3 * RING_SIZE);

    for (byte[] frame : frames) {
      send(frame);
      assertThat(qemu.receive(10_000)).as("frame of %d bytes", frame.length).hasValue(frame);
    }
  }

  @Test
  void sendsBurstsWithOneDoorbell() throws IOException {
    for (int burst = 0; burst < 20; burst++) {
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < 17; i++) {
        frames.add(frame(PEER, GUEST, SHORTEST + random.nextInt(LONGEST - SHORTEST)));
      }
      for (int i = 0; i < frames.size(); i++) {
        put(frames.get(i), i + 1 < frames.size());
      }
      for (byte[] frame : frames) {
        assertThat(qemu.receive(10_000)).hasValue(frame);
      }
      pollUntil(() -> shell.statistics().framesInFlight() == 0);
    }
  }

  @Test
  void receivesFramesOfEveryLengthInOrderAcrossRingWraps() throws IOException {
    int sent = 0;
    for (int length = SHORTEST; length <= LONGEST; length += 7) {
      byte[] frame = frame(GUEST, PEER, length);
      qemu.send(frame);
      sent++;
      pollUntil(() -> !stack.frames.isEmpty());
      assertThat(stack.frames.remove()).as("frame of %d bytes", length).isEqualTo(frame);
    }
    assertThat(sent).isGreaterThan(3 * RING_SIZE);
  }

  @Test
  void receivesOnlyWhatTheFilterLetsPass() throws IOException {
    assertThat(shell.setRxMode(DriverShared.RX_MODE_UNICAST)).isTrue();
    byte[] forSomebodyElse = frame(PEER, PEER, 100);
    byte[] broadcast = frame(new MacAddress(MacAddress.BROADCAST), PEER, 100);
    byte[] forUs = frame(GUEST, PEER, 100);

    qemu.send(forSomebodyElse);
    qemu.send(broadcast);
    qemu.send(forUs);

    pollUntil(() -> !stack.frames.isEmpty());
    assertThat(stack.frames).containsExactly(forUs);
  }

  @Test
  void changesItsAddress() throws IOException {
    assertThat(shell.setMac(PEER)).isTrue();
    assertThat(shell.mac()).isEqualTo(PEER);
    byte[] frame = frame(PEER, GUEST, 100);

    qemu.send(frame);

    pollUntil(() -> !stack.frames.isEmpty());
    assertThat(stack.frames).containsExactly(frame);
  }

  private void send(byte[] frame) {
    put(frame, false);
    pollUntil(() -> shell.statistics().framesInFlight() == 0);
  }

  private void put(byte[] frame, boolean more) {
    int buffer = shell.transmitBuffer();
    assertThat(buffer).isNotEqualTo(Shell.NO_BUFFER);
    MemorySegment.copy(
        frame, 0, shell.memory(), ValueLayout.JAVA_BYTE, shell.bufferOffset(buffer), frame.length);
    assertThat(shell.send(buffer, frame.length, more)).isTrue();
  }

  private void pollUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      // QEMU's messages go to its own interrupt controller; the test sends them here, as the shell
      // programmed them.
      for (int vector = 0; vector < VECTORS; vector++) {
        int entry = MSIX_ENTRY_BYTES * vector;
        interrupts.message(
            Integer.toUnsignedLong(msixTable.read32(entry)), msixTable.read32(entry + 8));
      }
      shell.poll();
    }
  }

  private byte[] frame(MacAddress to, MacAddress from, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    MemorySegment segment = MemorySegment.ofArray(bytes);
    MacAddress.write(segment, 0, to.value());
    MacAddress.write(segment, 6, from.value());
    bytes[12] = (byte) 0x88; // IEEE 802 local experimental EtherType 0x88B5
    bytes[13] = (byte) 0xB5;
    return bytes;
  }

  private static final class Received implements GuestStack {
    private final Queue<byte[]> frames = new ArrayDeque<>();

    @Override
    public void receive(MemorySegment memory, long offset, int lengthBytes) {
      frames.add(memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void receiveDone() {
      // Each frame was kept when it came.
    }
  }
}
