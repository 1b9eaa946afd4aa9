// SPDX-License-Identifier: MIT
package dev.npa.shell.guest;

/// Something that runs on a [Vcpu] in turns: a shell, a program that sends.
@FunctionalInterface
public interface GuestTask {
  /// Does one burst of work.
  ///
  /// @return whether there was work; the vCPU sleeps when no task had any
  boolean poll();
}
