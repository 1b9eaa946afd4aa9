// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.nic.MacAddress;

/// Whoever decides about what a virtual function asks for or does by itself. Called on the device
/// thread.
public interface VfListener {
  /// The function's user wants another address, by mailbox; true = it has been changed.
  boolean macRequested(int vf, MacAddress mac);

  /// The function's user wants to receive frames of up to this length in bytes, by mailbox; true =
  /// it has been changed.
  boolean maxFrameRequested(int vf, int lengthBytes);

  /// The address that the function has, for its user to read.
  MacAddress mac(int vf);

  /// The function was reset by its user while it ran.
  void wasReset(int vf);
}
