// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import dev.npa.testbed.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A link of a [Peer] between two ends, measured for a while at a time; idle in between.
///
/// *One core:* both ends are ports of one testpmd, whose one forwarding core passes frames around:
/// out of one port, into the other, which sends them back. Every frame received on either port has
/// crossed the link once. *Two cores:* two processes, the front end sends, the back end receives;
/// what the back end receives is counted.
public final class PeerLink implements AutoCloseable {
  private static final String SEED = "start tx_first 4"; // 128 frames each way go round
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final int BURST = 32;

  private final Testpmd receiver;
  private final Optional<Testpmd> sender;

  private PeerLink(Testpmd receiver, Optional<Testpmd> sender) {
    this.receiver = receiver;
    this.sender = sender;
  }

  static PeerLink start(Peer peer, Cores cores, Path socket) throws IOException {
    return switch (cores) {
      case NONE -> throw new IllegalArgumentException("a peer needs a core");
      case ONE -> oneCore(peer, socket);
      case TWO -> twoCores(peer, socket);
    };
  }

  private static PeerLink oneCore(Peer peer, Path socket) throws IOException {
    List<String> eal = peer.eal("one", "0@0,1@1");
    List<String> application = peer.application("io");
    return switch (peer) {
      case VHOST_USER -> {
        // The front end connects when it is made, so the back end has to run by then.
        Testpmd both = new Testpmd(with(eal, peer.backEnd(socket)), application, 2);
        try {
          both.attach(peer.frontEnd(socket));
        } catch (IOException e) {
          both.close();
          throw e;
        }
        yield new PeerLink(both, Optional.empty());
      }
      case MEMIF ->
          new PeerLink(
              new Testpmd(with(eal, peer.backEnd(socket), peer.frontEnd(socket)), application, 2),
              Optional.empty());
    };
  }

  private static PeerLink twoCores(Peer peer, Path socket) throws IOException {
    Testpmd receiver =
        new Testpmd(
            with(peer.eal("rx", "0@0,1@0"), peer.backEnd(socket)), peer.application("rxonly"), 1);
    try {
      Testpmd sender =
          new Testpmd(
              with(peer.eal("tx", "0@1,1@1"), peer.frontEnd(socket)),
              peer.application("txonly"),
              1);
      return new PeerLink(receiver, Optional.of(sender));
    } catch (IOException e) {
      receiver.close();
      throw e;
    }
  }

  private static List<String> with(List<String> eal, String... devices) {
    List<String> all = new java.util.ArrayList<>(eal);
    for (String device : devices) {
      all.add("--vdev=" + device);
    }
    return all;
  }

  /// @param lengthBytes without FCS
  public void frames(int lengthBytes) throws IOException {
    receiver.frames(lengthBytes, BURST);
    if (sender.isPresent()) {
      sender.get().frames(lengthBytes, BURST);
    }
  }

  /// Frames per second over one span of time.
  public double run(Duration span) throws IOException {
    receiver.start(sender.isPresent() ? "start" : SEED);
    if (sender.isPresent()) {
      sender.get().start("start");
    }
    LockSupport.parkNanos(SETTLE.toNanos());
    double rate = receiver.receivedPerSecond(span);
    if (sender.isPresent()) {
      sender.get().stop();
    }
    receiver.stop();
    return rate;
  }

  /// Name and version of the program.
  public String version() {
    return receiver.version();
  }

  @Override
  public void close() {
    sender.ifPresent(Testpmd::close);
    receiver.close();
  }
}
