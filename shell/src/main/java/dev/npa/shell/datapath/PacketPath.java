// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.shell.guest.GuestStack;

/// One way for frames between the guest's stack and a device: a plugin and its queue pair, its
/// faults contained. All methods: vCPU thread only.
///
/// After the first fault the plugin is not called any more; every method then does nothing, and
/// those that answer `boolean` answer false.
public interface PacketPath {
  /// swInit.
  ///
  /// @return whether the plugin takes the device; false without a [#fault] means that it declined
  boolean init();

  /// Empties both rings and fills the receive ring.
  boolean reset();

  /// Unmasks the queue pair's vector.
  void enableInterrupt(int vector);

  /// Masks the queue pair's vector.
  void disableInterrupt(int vector);

  /// Reaps completions, receives one burst into `stack` and refills the receive ring.
  ///
  /// @return number of frames completed and received
  int poll(int budget, GuestStack stack);

  /// Hands as many waiting frames as fit to the device, with one doorbell.
  ///
  /// @return number of frames
  int transmit();

  /// Takes all receive buffers back. Afterwards only [#reset] makes sense.
  void reclaim();

  /// What the plugin did wrong, or [Fault#NONE].
  Fault fault();

  Traffic traffic();
}
