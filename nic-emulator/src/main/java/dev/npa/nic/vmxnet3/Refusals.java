// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;

/// Remembers what the device refused to do for its driver, and why.
final class Refusals {
  private long count;
  private String last = "";

  /// @return RESULT_FAIL
  int refuse(String reason) {
    count++;
    last = reason;
    return Vmxnet3Command.RESULT_FAIL;
  }

  long count() {
    return count;
  }

  String last() {
    return last;
  }
}
