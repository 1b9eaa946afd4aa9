// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import dev.npa.shell.Shell;
import dev.npa.shell.guest.GuestTask;

/// The program in a guest that sends one flow, in bursts, as fast as the flow's window allows.
public final class Sender implements GuestTask {
  private static final int BURST = 32;

  private final Shell shell;
  private final Flow flow;
  private volatile boolean paused;

  public Sender(Shell shell, Flow flow) {
    this.shell = shell;
    this.flow = flow;
  }

  public void pause(boolean pause) {
    paused = pause;
  }

  @Override
  public boolean poll() {
    flow.sendBy(
        switch (shell.mode()) {
          case EMULATED, VERIFYING -> Flow.Path.EMULATED;
          case SWITCHING, PASSTHROUGH -> Flow.Path.PASSTHROUGH;
        });
    int credit = paused ? 0 : Math.min(BURST, flow.credit());
    int sent = 0;
    while (sent < credit) {
      int buffer = shell.transmitBuffer();
      if (buffer == Shell.NO_BUFFER) {
        break;
      }
      int lengthBytes = flow.writeNext(shell.memory(), shell.bufferOffset(buffer));
      if (!shell.send(buffer, lengthBytes, sent + 1 < credit)) {
        shell.returnBuffer(buffer);
        break;
      }
      flow.handedOver(lengthBytes);
      sent++;
    }
    return sent != 0;
  }
}
