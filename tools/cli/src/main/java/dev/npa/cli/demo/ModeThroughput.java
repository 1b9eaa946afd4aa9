// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import java.util.EnumMap;
import java.util.Map;

/// Attributes time and delivered frames to the way the two guests' frames went.
final class ModeThroughput {
  /// How many of the two guests are in passthrough.
  enum Paths {
    EMULATED("both emulated"),
    MIXED("one of each"),
    PASSTHROUGH("both passthrough");

    private final String words;

    Paths(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    static Paths of(int guestsInPassthrough) {
      return values()[guestsInPassthrough];
    }
  }

  /// Frames and bytes delivered in `nanos` of time.
  record Share(long nanos, long frames, long bytes) {
    Share plus(long moreNanos, long moreFrames, long moreBytes) {
      return new Share(nanos + moreNanos, frames + moreFrames, bytes + moreBytes);
    }
  }

  private final Map<Paths, Share> shares = new EnumMap<>(Paths.class);
  private long sinceNanos;
  private long sinceFrames;
  private long sinceBytes;

  void start(long nanos) {
    sinceNanos = nanos;
  }

  /// Ends a period in which frames went by `paths`.
  ///
  /// @param frames delivered since the start, in total
  /// @param bytes the same in bytes
  void end(Paths paths, long nanos, long frames, long bytes) {
    shares.merge(
        paths,
        new Share(nanos - sinceNanos, frames - sinceFrames, bytes - sinceBytes),
        (a, b) -> a.plus(b.nanos(), b.frames(), b.bytes()));
    sinceNanos = nanos;
    sinceFrames = frames;
    sinceBytes = bytes;
  }

  Map<Paths, Share> shares() {
    return Map.copyOf(shares);
  }
}
