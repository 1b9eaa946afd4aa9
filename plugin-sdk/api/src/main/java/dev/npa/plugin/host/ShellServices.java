// SPDX-License-Identifier: MIT
package dev.npa.plugin.host;

import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.TxQueueHandle;

/// The shell's side of [dev.npa.plugin.ShellApi]; same methods, same contract.
public interface ShellServices {
  long allocSmallBuffer(RxQueueHandle queue, int ringOffset);

  long allocLargeBuffer(RxQueueHandle queue, int ringOffset);

  void indicateRecv(RxQueueHandle queue, RecvFrame frame);

  void completeSend(TxQueueHandle queue, int numPkts);

  void log(int level, String message, long value);
}
