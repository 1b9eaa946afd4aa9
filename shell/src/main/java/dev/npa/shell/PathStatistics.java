// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.datapath.Traffic;

/// Frames and bytes of one mode. A frame is sent when the device has reported it done.
public record PathStatistics(
    long framesSent, long bytesSent, long framesReceived, long bytesReceived) {

  static PathStatistics of(Traffic traffic) {
    return new PathStatistics(
        traffic.framesSent(),
        traffic.bytesSent(),
        traffic.framesReceived(),
        traffic.bytesReceived());
  }
}
