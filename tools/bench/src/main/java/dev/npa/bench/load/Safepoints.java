// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/// Counts how often and how long the JVM stopped all threads, by its own flight recorder.
public final class Safepoints implements AutoCloseable {
  private final RecordingStream stream = new RecordingStream();
  private final Map<Long, Instant> begun = new HashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Instant since = Instant.now();

  /// @param count pauses
  /// @param longest from the request to stop until all threads run again
  public record Pauses(long count, Duration longest) {}

  /// Starts to watch.
  public Safepoints() {
    stream.enable("jdk.SafepointBegin").withThreshold(Duration.ZERO);
    stream.enable("jdk.SafepointEnd").withThreshold(Duration.ZERO);
    stream.onEvent("jdk.SafepointBegin", this::begin);
    stream.onEvent("jdk.SafepointEnd", this::end);
    stream.startAsync();
  }

  private void begin(RecordedEvent event) {
    begun.put(event.getLong("safepointId"), event.getStartTime());
  }

  /// Starting the recorder stops the threads too; that is not the data path's.
  private void end(RecordedEvent event) {
    Instant start = begun.remove(event.getLong("safepointId"));
    if (start != null && start.isAfter(since.plusSeconds(1))) {
      count.incrementAndGet();
      longestNanos.accumulateAndGet(
          Duration.between(start, event.getEndTime()).toNanos(), Math::max);
    }
  }

  /// Stops watching.
  public Pauses stop() {
    stream.stop();
    return new Pauses(count.get(), Duration.ofNanos(longestNanos.get()));
  }

  @Override
  public void close() {
    stream.close();
  }
}
