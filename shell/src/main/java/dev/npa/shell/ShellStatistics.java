// SPDX-License-Identifier: MIT
package dev.npa.shell;

/// What a shell has counted since it booted.
///
/// @param framesResent frames that a virtual function had taken and not sent when it was taken
///   back; they were sent again by the emulated device
/// @param framesUncertain the same from a device that does not say what it has sent: some of these
///   may have gone out twice
/// @param framesLost frames lost by plugins that faulted: reported as sent and never sent, or
///   received and not handed over
/// @param framesInFlight handed to a device, not yet reported done
/// @param framesWaiting not yet handed to a device
/// @param pluginFaults plugins ended because of a fault
/// @param packagesRefused packages that did not pass the gate
/// @param deviceRestarts times the emulated device made trouble and had to be started anew
public record ShellStatistics(
    PathStatistics emulated,
    PathStatistics passthrough,
    long framesResent,
    long framesUncertain,
    long framesLost,
    int framesInFlight,
    int framesWaiting,
    long pluginFaults,
    long packagesRefused,
    long deviceRestarts) {}
