// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// Where a pool's queues report what they wrote back.
interface QueueInterrupts {
  /// Called at most once per burst, after the write-backs are published.
  void queueCause(int pool, boolean received, boolean transmitted);
}
