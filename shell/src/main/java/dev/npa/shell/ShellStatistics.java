// SPDX-License-Identifier: MIT
package dev.npa.shell;

/// What a shell has counted since it booted.
///
/// @param framesResent frames that a virtual function had taken and not sent when it was taken
///   back; they were sent again by the emulated device
/// @param framesUncertain the same after a plugin's fault, where nobody can say what was sent: some
///   of these may have gone out twice
/// @param framesInFlight handed to a device, not yet reported done
/// @param framesWaiting not yet handed to a device
/// @param pluginFaults plugins ended because of a fault
/// @param packagesRefused packages that did not pass the gate
/// @param queueErrors times the emulated device stopped a queue and was restarted
public record ShellStatistics(
    PathStatistics emulated,
    PathStatistics passthrough,
    long framesResent,
    long framesUncertain,
    int framesInFlight,
    int framesWaiting,
    long pluginFaults,
    long packagesRefused,
    long queueErrors) {}
