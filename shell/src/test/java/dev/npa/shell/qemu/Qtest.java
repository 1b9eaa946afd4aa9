// SPDX-License-Identifier: MIT
package dev.npa.shell.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// QEMU's qtest protocol: one command line, one answer line (QEMU, docs/devel/testing/qtest).
final class Qtest implements AutoCloseable {
  private static final int CONFIG_ADDRESS = 0xCF8;
  private static final int CONFIG_DATA = 0xCFC;

  private final SocketChannel socket;
  private final ByteBuffer received = ByteBuffer.allocate(4096);

  private Qtest(SocketChannel socket) {
    this.socket = socket;
    received.flip();
  }

  static Qtest connect(Path path) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(path));
    return new Qtest(socket);
  }

  int readConfig(int deviceFunction, int offset) {
    command("outl 0x%x 0x%x", CONFIG_ADDRESS, 0x80000000 | deviceFunction << 8 | offset);
    return (int) command("inl 0x%x", CONFIG_DATA);
  }

  void writeConfig(int deviceFunction, int offset, int value) {
    command("outl 0x%x 0x%x", CONFIG_ADDRESS, 0x80000000 | deviceFunction << 8 | offset);
    command("outl 0x%x 0x%x", CONFIG_DATA, value);
  }

  int read32(long address) {
    return (int) command("readl 0x%x", address);
  }

  void write32(long address, int value) {
    command("writel 0x%x 0x%x", address, value);
  }

  private synchronized long command(String format, Object... arguments) {
    try {
      String line = String.format(Locale.ROOT, format, arguments);
      socket.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
      String answer = readLine();
      while (answer.startsWith("IRQ ")) {
        answer = readLine();
      }
      if (!answer.startsWith("OK")) {
        throw new IOException("qtest answered '" + answer + "' to '" + line + "'");
      }
      return answer.length() > 3 ? Long.decode(answer.substring(3).trim()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      while (received.hasRemaining()) {
        char c = (char) received.get();
        if (c == '\n') {
          return line.toString();
        }
        line.append(c);
      }
      received.clear();
      if (socket.read(received) < 0) {
        throw new IOException("QEMU closed the qtest socket after '" + line + "'");
      }
      received.flip();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
