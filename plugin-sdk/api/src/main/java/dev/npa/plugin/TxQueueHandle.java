// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// Names a transmit queue to the shell. Opaque to the plugin (`Shell_TxQueueHandle`).
public final class TxQueueHandle {
  private final int queue;

  @ShellOnly
  public TxQueueHandle(int queue) {
    this.queue = queue;
  }

  @ShellOnly
  public int queue() {
    return queue;
  }
}
