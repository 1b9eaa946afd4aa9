// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import dev.npa.testbed.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The fast software paths that we are measured against, tuned as DPDK's guides say.
public enum Peer {
  /// vhost-user backend and virtio-user front end (DPDK: "Vhost Library", "Virtio Poll Mode
  /// Driver"): packed ring, in order, no mergeable buffers, vectorised path with AVX-512.
  VHOST_USER(
      "vhost-user",
      "one copy (vhost, mbuf to ring or back), mbuf pool on both sides, no look-up, one process"
          + " boundary with two cores"),
  /// Shared memory packet interface (DPDK: "Memif Poll Mode Driver"), zero-copy client.
  MEMIF(
      "memif",
      "one copy (server; the client's is spared by zero-copy), mbuf pool on both sides, no"
          + " look-up, one process boundary with two cores");

  /// Descriptors of each ring. Of 128 to 1024, measured here on one core with 64 and 1518 bytes,
  /// vhost-user is fastest with this, up to twice as fast as with 1024: all of it stays in the
  /// second-level cache. memif hardly cares.
  static final int RING = 256;

  private static final List<String> EAL =
      List.of("--in-memory", "--single-file-segments", "--no-pci", "--iova-mode=va", "-m", "256");
  private static final List<String> WIDE = List.of("--force-max-simd-bitwidth=512", "-v");
  private static final List<String> APPLICATION =
      List.of(
          "-i",
          "--nb-cores=1",
          "--txd=" + RING,
          "--rxd=" + RING,
          "--total-num-mbufs=2048",
          "--no-lsc-interrupt");
  private static final String VIRTIO =
      "net_virtio_user0,path=%s,queues=1,queue_size="
          + RING
          + ",packed_vq=1,vectorized=1,mrg_rxbuf=0,in_order=1";
  private static final String VHOST = "net_vhost0,iface=%s,queues=1";
  private static final String MEMIF_SERVER =
      "net_memif0,role=server,id=0,rsize=8,bsize=2048,socket=%s,socket-abstract=no";
  private static final String MEMIF_CLIENT =
      "net_memif1,role=client,id=0,rsize=8,bsize=2048,socket=%s,socket-abstract=no,zero-copy=yes";

  private final String title;
  private final String work;

  Peer(String title, String work) {
    this.title = title;
    this.work = work;
  }

  public String title() {
    return title;
  }

  /// What it does per frame.
  public String work() {
    return work;
  }

  /// Starts it, idle.
  ///
  /// @param socket a path for a Unix socket; nothing must be there
  public PeerLink start(Cores cores, Path socket) throws IOException {
    return PeerLink.start(this, cores, socket);
  }

  List<String> eal(String prefix, String lcores) {
    return Stream.of(EAL, WIDE, List.of("--file-prefix=npa-" + prefix, "--lcores=" + lcores))
        .flatMap(List::stream)
        .toList();
  }

  List<String> application(String mode) {
    return Stream.concat(APPLICATION.stream(), Stream.of("--forward-mode=" + mode)).toList();
  }

  String backEnd(Path socket) {
    return (this == VHOST_USER ? VHOST : MEMIF_SERVER).formatted(socket);
  }

  String frontEnd(Path socket) {
    return (this == VHOST_USER ? VIRTIO : MEMIF_CLIENT).formatted(socket);
  }
}
