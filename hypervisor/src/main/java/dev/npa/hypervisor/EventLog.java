// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The latest events; bounded, since guests cause them.
final class EventLog {
  private static final int MAX_EVENTS = 1024;
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private final Deque<HypervisorEvent> events = new ArrayDeque<>();

  void add(String vm, HypervisorEvent.Kind kind, String detail) {
    if (events.size() == MAX_EVENTS) {
      events.remove();
    }
    events.add(new HypervisorEvent(Instant.now(), vm, kind, detail));
    LOG.debug("{} {}: {}", vm, kind, detail);
  }

  List<HypervisorEvent> list() {
    return List.copyOf(events);
  }
}
