// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.IOException;
import java.util.Optional;

/// One of the two ways to lay out a capture file; positioned after the magic number.
sealed interface CaptureFormat permits ClassicPcap, Pcapng {
  /// @return empty at the end of the file
  Optional<PcapFrame> next() throws IOException;
}
