// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether the machine has what the peers need.
public final class HugePages {
  private static final long NEEDED = 256; // two processes of 256 MiB

  private HugePages() {}

  /// @return what is missing, in words with the remedy
  public static Optional<String> missing() throws IOException {
    if (onPath("dpdk-testpmd").isEmpty()) {
      return Optional.of(
          "--peers needs dpdk-testpmd on the PATH (Debian: apt-get install dpdk dpdk-dev)");
    }
    Path meminfo = Path.of("/proc/meminfo");
    return Files.isReadable(meminfo)
        ? missing(Files.readAllLines(meminfo))
        : Optional.of("--peers needs Linux");
  }

  static Optional<String> missing(List<String> meminfo) {
    long free = value(meminfo, "HugePages_Free:");
    long sizeKilobytes = value(meminfo, "Hugepagesize:");
    return free >= NEEDED && sizeKilobytes == 2048
        ? Optional.empty()
        : Optional.of(
            "--peers needs %d free huge pages of 2048 kB, there are %d of %d kB; as root: sysctl vm.nr_hugepages=512"
                .formatted(NEEDED, free, sizeKilobytes));
  }

  private static long value(List<String> meminfo, String name) {
    return meminfo.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static Optional<Path> onPath(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path file = Path.of(directory, program);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
