// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// Names a receive queue to the shell. Opaque to the plugin (`Shell_RxQueueHandle`).
public final class RxQueueHandle {
  private final int queue;

  @ShellOnly
  public RxQueueHandle(int queue) {
    this.queue = queue;
  }

  @ShellOnly
  public int queue() {
    return queue;
  }
}
