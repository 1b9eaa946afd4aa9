// SPDX-License-Identifier: MIT
package dev.npa.shell.qemu;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.RegisterFile;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A QEMU process with one vmxnet3 device whose wire is a pair of UDP sockets.
final class QemuVmxnet3 implements AutoCloseable {
  static final String PROGRAM = "qemu-system-x86_64";

  private static final int MEMORY_BYTES = 64 << 20;
  private static final int BAR_BASE = 0xE0000000;
  private static final int BAR_STRIDE = 0x10000;
  private static final int COMMAND_MEMORY_AND_MASTER = 6;
  private static final int ROM_BYTES = 0x10000;
  private static final byte[] HALT_FOREVER = {(byte) 0xFA, (byte) 0xF4, (byte) 0xEB, (byte) 0xFD};

  private final Process process;
  private final Qtest qtest;
  private final DatagramSocket wire;
  private final InetSocketAddress deviceAddress;
  private final GuestMemory memory;
  private final PciFunction function;

  private QemuVmxnet3(
      Process process,
      Qtest qtest,
      DatagramSocket wire,
      InetSocketAddress deviceAddress,
      GuestMemory memory) {
    this.process = process;
    this.qtest = qtest;
    this.wire = wire;
    this.deviceAddress = deviceAddress;
    this.memory = memory;
    this.function = enumerate();
  }

  static QemuVmxnet3 start(Path directory, String mac) throws IOException, InterruptedException {
    Path rom = directory.resolve("halt.rom");
    byte[] code = new byte[ROM_BYTES];
    System.arraycopy(HALT_FOREVER, 0, code, ROM_BYTES - 16, HALT_FOREVER.length);
    Files.write(rom, code);
    Path memoryFile = directory.resolve("memory");
    try (RandomAccessFile file = new RandomAccessFile(memoryFile.toFile(), "rw")) {
      file.setLength(MEMORY_BYTES);
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DatagramSocket wire = new DatagramSocket(new InetSocketAddress(loopback, 0));
    int devicePort;
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      devicePort = probe.getLocalPort();
    }
    Path socket = directory.resolve("qtest");
    ProcessBuilder command =
        new ProcessBuilder(
                PROGRAM,
                "-display",
                "none",
                "-nodefaults",
                "-accel",
                "tcg",
                "-m",
                "64M",
                "-object",
                "memory-backend-file,id=ram,size=64M,share=on,mem-path=" + memoryFile,
                "-machine",
                "q35,memory-backend=ram",
                "-bios",
                rom.toString(),
                "-qtest",
                "unix:" + socket + ",server=on,wait=off",
                "-qtest-log",
                "none",
                "-netdev",
                "dgram,id=n0,local.type=inet,local.host=127.0.0.1,local.port="
                    + devicePort
                    + ",remote.type=inet,remote.host=127.0.0.1,remote.port="
                    + wire.getLocalPort(),
                "-device",
                "vmxnet3,netdev=n0,mac=" + mac)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("qemu.log").toFile());
    Process process;
    try {
      process = command.start();
    } catch (IOException e) {
      wire.close();
      throw new IOException("this test needs " + PROGRAM + " (Debian: qemu-system-x86)", e);
    }
    try {
      awaitSocket(process, socket, directory.resolve("qemu.log"));
      MemorySegment segment;
      try (FileChannel channel = new RandomAccessFile(memoryFile.toFile(), "rw").getChannel()) {
        segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, MEMORY_BYTES, Arena.ofAuto());
      }
      return new QemuVmxnet3(
          process,
          Qtest.connect(socket),
          wire,
          new InetSocketAddress(loopback, devicePort),
          GuestMemory.of(segment));
    } catch (IOException | RuntimeException | InterruptedException e) {
      process.destroyForcibly();
      wire.close();
      throw e;
    }
  }

  private static void awaitSocket(Process process, Path socket, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(socket)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new IOException(PROGRAM + " did not start: " + Files.readString(log));
      }
    }
  }

  PciFunction function() {
    return function;
  }

  GuestMemory memory() {
    return memory;
  }

  /// Puts a frame on the wire towards the device.
  void send(byte[] frame) throws IOException {
    wire.send(new DatagramPacket(frame, frame.length, deviceAddress));
  }

  /// The next frame that the device put on the wire, if one comes within the time.
  Optional<byte[]> receive(int timeoutMillis) throws IOException {
    wire.setSoTimeout(timeoutMillis);
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    try {
      wire.receive(packet);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.copyOfRange(
            packet.getData(), packet.getOffset(), packet.getOffset() + packet.getLength()));
  }

  /// Does what firmware does: finds the function on bus 0, places its BARs.
  private PciFunction enumerate() {
    int id = Vmxnet3Registers.DEVICE_ID << 16 | Vmxnet3Registers.VENDOR_ID;
    int found = -1;
    for (int deviceFunction = 0; deviceFunction < 256 && found < 0; deviceFunction++) {
      if (qtest.readConfig(deviceFunction, 0) == id) {
        found = deviceFunction;
      }
    }
    if (found < 0) {
      throw new IllegalStateException("QEMU has no vmxnet3 function on bus 0");
    }
    int deviceFunction = found;
    ConfigSpace config = new ConfigSpace();
    for (int offset = 0; offset < 256; offset += 4) {
      config.set(offset, 4, qtest.readConfig(deviceFunction, offset));
      config.setWritable(offset, 4, -1);
    }
    config.afterWrite(
        offset -> qtest.writeConfig(deviceFunction, offset & ~3, config.read(offset & ~3, 4)));
    // Messages go to QEMU's interrupt controller; this MSI-X object only answers to PciFunction.
    PciFunction pci =
        new PciFunction(
            config,
            new MsiX(
                Vmxnet3Registers.VECTORS,
                Vmxnet3Registers.MSIX_PBA_OFFSET,
                (address, data) -> true));
    int[] sizes = {
      Vmxnet3Registers.BAR_BYTES, Vmxnet3Registers.BAR_BYTES, Vmxnet3Registers.MSIX_BAR_BYTES
    };
    DeviceThread inline = new DeviceThread("qtest");
    for (int bar = 0; bar < sizes.length; bar++) {
      int address = BAR_BASE + bar * BAR_STRIDE;
      qtest.writeConfig(deviceFunction, 0x10 + 4 * bar, address);
      pci.map(
          bar, new Bar(sizes[bar], new QtestRegisters(Integer.toUnsignedLong(address)), inline));
    }
    qtest.writeConfig(deviceFunction, ConfigSpace.COMMAND, COMMAND_MEMORY_AND_MASTER);
    return pci;
  }

  @Override
  public void close() throws IOException {
    qtest.close();
    wire.close();
    process.destroyForcibly();
  }

  /// Every access crosses to QEMU; none is memory that the device polls.
  private final class QtestRegisters implements RegisterFile {
    private final long base;

    QtestRegisters(long base) {
      this.base = base;
    }

    @Override
    public Kind kind(int offset) {
      return Kind.DIRECT;
    }

    @Override
    public int read32(int offset) {
      return qtest.read32(base + offset);
    }

    @Override
    public void write32(int offset, int value) {
      qtest.write32(base + offset, value);
    }
  }
}
