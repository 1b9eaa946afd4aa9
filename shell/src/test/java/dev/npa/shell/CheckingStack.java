// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import dev.npa.shell.guest.GuestStack;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A guest's stack that sends numbered frames and checks that those it receives come in order,
/// once, with every byte as it was sent.
final class CheckingStack implements GuestStack {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final int HEADER_BYTES = 18;

  private final long mac;
  private final int maxFrameBytes;
  int sent;
  int received;
  int bursts;

  CheckingStack(MacAddress mac, int maxFrameBytes) {
    this.mac = mac.value();
    this.maxFrameBytes = maxFrameBytes;
  }

  private int length(int number) {
    return 60 + number * 37 % (maxFrameBytes - 59);
  }

  private static byte content(int number, int at) {
    return (byte) (number * 31 + at * 7);
  }

  /// Sends frames as long as the shell takes them.
  void send(Shell shell, MacAddress to, int frames) {
    for (int i = 0; i < frames; i++) {
      int buffer = shell.transmitBuffer();
      if (buffer == Shell.NO_BUFFER) {
        return;
      }
      int length = length(sent);
      long at = shell.bufferOffset(buffer);
      MemorySegment memory = shell.memory();
      MacAddress.write(memory, at, to.value());
      MacAddress.write(memory, at + 6, mac);
      memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 12, (short) 0xB588);
      memory.set(INT, at + 14, sent);
      for (int b = HEADER_BYTES; b < length; b++) {
        memory.set(ValueLayout.JAVA_BYTE, at + b, content(sent, b));
      }
      if (!shell.send(buffer, length, i + 1 < frames)) {
        shell.returnBuffer(buffer);
        return;
      }
      sent++;
    }
  }

  @Override
  public void receive(MemorySegment memory, long offset, int lengthBytes) {
    assertThat(memory.get(INT, offset + 14)).as("frame number").isEqualTo(received);
    assertThat(lengthBytes).as("length of frame %s", received).isEqualTo(length(received));
    for (int b = HEADER_BYTES; b < lengthBytes; b++) {
      if (memory.get(ValueLayout.JAVA_BYTE, offset + b) != content(received, b)) {
        throw new AssertionError("frame " + received + " differs at byte " + b);
      }
    }
    received++;
  }

  @Override
  public void receiveDone() {
    bursts++;
  }
}
