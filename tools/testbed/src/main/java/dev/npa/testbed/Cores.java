// SPDX-License-Identifier: MIT
package dev.npa.testbed;

/// How many threads a testbed runs on.
public enum Cores {
  /// No thread: whoever has the testbed makes its rounds, by [Testbed#step].
  NONE,
  /// One thread gives guests and host their turns: what hands over, hands over within one core.
  ONE,
  /// The guests' thread and the host's, as vCPU and network card run beside each other.
  TWO
}
