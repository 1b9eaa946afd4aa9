// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX;
import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX_ACK;
import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX_PFU;
import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX_RVFU;
import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX_STS;
import static dev.npa.nic.i82576.I82576Registers.VMBMEM;
import static dev.npa.nic.i82576.I82576Registers.VMBMEM_STRIDE;

import dev.npa.nic.MacAddress;

/// The PF's answers to a VF's mailbox (82576 data sheet, 7.10.2.9; the messages are a convention of
/// Intel's drivers).
///
/// Under NPA the shell asks by vmxnet3 registers and the mailbox is not needed; but a plugin may
/// use it, and so may a driver that knows nothing of NPA. RESET, SET_MAC and SET_LPE are answered,
/// all others get NACK.
final class VfMailbox {
  private static final int RESET = 0x01;
  private static final int SET_MAC = 0x02;
  private static final int SET_LPE = 0x05;
  private static final int TYPE_MASK = 0xFFFF;
  private static final int ACK = 1 << 31;
  private static final int NACK = 1 << 30;
  private static final int CLEAR_TO_SEND = 1 << 29;

  private final Registers registers;
  private final VfListener listener;
  private final int vf;
  private boolean clearToSend;

  VfMailbox(Registers registers, VfListener listener, int vf) {
    this.registers = registers;
    this.listener = listener;
    this.vf = vf;
  }

  /// The function was reset; it must introduce itself again.
  void forget() {
    clearToSend = false;
  }

  /// Answers one request.
  ///
  /// @param enabled whether the function is in state ENABLED
  void answer(boolean enabled) {
    int control = P2VMAILBOX + 4 * vf;
    // A VF that does not let go of the buffer is made to.
    registers.write(control, P2VMAILBOX_RVFU);
    registers.write(control, P2VMAILBOX_PFU);
    int message = word(0);
    if ((message & (ACK | NACK)) != 0) {
      registers.write(control, 0); // An echo, not a request.
      return;
    }
    int verdict = decide(message, enabled) ? ACK : NACK;
    writeWord(0, message | verdict | (clearToSend ? CLEAR_TO_SEND : 0));
    registers.write(control, P2VMAILBOX_STS | P2VMAILBOX_ACK);
  }

  private boolean decide(int message, boolean enabled) {
    int type = message & TYPE_MASK;
    if (type == RESET) {
      clearToSend = true;
      MacAddress mac = listener.mac(vf);
      writeWord(1, mac.low());
      writeWord(2, mac.high());
      return true;
    }
    if (!clearToSend || !enabled) {
      return false;
    }
    return switch (message & ~CLEAR_TO_SEND) {
      case SET_MAC -> listener.macRequested(vf, MacAddress.ofRegisters(word(1), word(2)));
      case SET_LPE -> listener.maxFrameRequested(vf, word(1));
      default -> false;
    };
  }

  private int word(int index) {
    return registers.read(VMBMEM + VMBMEM_STRIDE * vf + 4 * index);
  }

  private void writeWord(int index, int value) {
    registers.write(VMBMEM + VMBMEM_STRIDE * vf + 4 * index, value);
  }
}
