// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How long the gate takes, cold and warm: for a plugin of sixty classes, and for three thousand
/// classes that are no plugin.
///
/// `mvn -P times -pl plugin-sdk/verifier -am process-test-classes`; `-Dnpa.library=FILE.jar` takes
/// the ordinary classes from there instead of the JDK's `java.base`, `-Dnpa.rounds=N` measures N
/// times after as many rounds to warm up.
final class GateTimes {
  private static final int CLASSES = 60;
  private static final int ORDINARY = 3_000;
  private static final int ROUNDS = Integer.getInteger("npa.rounds", 40);

  private GateTimes() {}

  public static void main(String[] arguments) throws IOException {
    SortedMap<String, byte[]> plugin = plugin();
    report("plugin of " + plugin.size() + " classes", plugin, 100, () -> accepted(plugin));
    SortedMap<String, byte[]> library = library();
    report(
        "library of " + library.size() + " classes",
        library,
        3_000,
        () -> {
          String entry = library.firstKey();
          int refused = refusals(BytecodeGate.verify(library, entry)).size();
          List<Refusal> all = Survey.of(library, entry);
          return "refused by %d rules of %d refusals (%d before the survey)"
              .formatted(all.stream().map(Refusal::rule).distinct().count(), all.size(), refused);
        });
  }

  private static void report(
      String what, SortedMap<String, byte[]> classes, int limitMillis, Supplier<String> answer) {
    long start = System.nanoTime();
    String said = answer.get();
    double cold = millis(start);
    int rounds = limitMillis > 1_000 ? Math.max(1, ROUNDS / 10) : ROUNDS;
    double[] times = new double[rounds];
    double cpu = 0;
    for (int i = -rounds; i < rounds; i++) {
      cpu = i == 0 ? processorMillis() : cpu;
      start = System.nanoTime();
      said = answer.get();
      times[Math.floorMod(i, rounds)] = millis(start);
    }
    cpu = (processorMillis() - cpu) / rounds;
    Arrays.sort(times);
    System.out.printf(
        "%s, %d KB: %s; cold %.0f ms, warm %.1f ms (least %.1f, of %d; %.1f ms of processors each,"
            + " compilers and collector included); limit %d ms warm%n",
        what,
        classes.values().stream().mapToInt(bytes -> bytes.length).sum() / 1024,
        said,
        cold,
        times[rounds / 2],
        times[0],
        rounds,
        cpu,
        limitMillis);
  }

  private static double processorMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static String accepted(SortedMap<String, byte[]> plugin) {
    return switch (BytecodeGate.verify(plugin, PluginSource.ENTRY)) {
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) ->
          "accepted, %d instructions, %d loops proved and %d metered"
              .formatted(
                  verified.report().instructions(),
                  verified.report().loopsProved(),
                  verified.report().loopsMetered());
      case Verdict.Refused<VerifiedClasses> refused ->
          throw new IllegalStateException("refused: " + refused.refusals());
    };
  }

  private static List<Refusal> refusals(Verdict<VerifiedClasses> verdict) {
    return switch (verdict) {
      case Verdict.Accepted<VerifiedClasses> accepted -> List.of();
      case Verdict.Refused<VerifiedClasses>(List<Refusal> found) -> found;
    };
  }

  /// Queues of a driver, each with a class of its own, as a generator of code would write them.
  static SortedMap<String, byte[]> plugin() {
    StringBuilder fields = new StringBuilder();
    StringBuilder calls = new StringBuilder("int sum = 0;");
    String[] sources = new String[CLASSES];
    for (int i = 1; i < CLASSES; i++) {
      fields.append(
          "private final Queue%d q%d = new Queue%d(%d);%n".formatted(i, i, i, 16 << i % 6));
      calls.append("sum += q%d.reap(ps.rxQueue(0).ring(), maxPkts);".formatted(i));
      sources[i] = QUEUE.formatted(i, i);
    }
    sources[0] =
        PluginSource.plugin().members(fields.toString()).poll(calls + " return sum & 1;").text();
    return Javac.compile(sources);
  }

  @SuppressWarnings("InlineFormatString") // A whole class is read better apart.
  private static final String QUEUE =
      """
      package acme;
      import dev.npa.plugin.*;
      final class Queue%d {
        private final int mask; private final long[] addresses; private int next; private int filled;
        Queue%d(int size) { mask = size - 1; addresses = new long[size]; }
        int reap(DmaRegion ring, int budget) {
          int done = 0;
          while (done < budget) {
            int at = next & mask;
            int status = ring.readAcquire32(at << 4 | 12);
            if ((status & 1) == 0) { break; }
            addresses[at] = checksum(ring, at << 4, status >>> 16);
            if (kind(status) != 0) { next = next + 1 & mask; }
            done++;
          }
          for (int i = 0; i < addresses.length; i++) { if (addresses[i] == 0) { filled = i; } }
          return done + fill(done);
        }
        private int fill(int n) {
          int left = n;
          while (filled != next && left > 0) { filled = filled + 1 & mask; left--; }
          return left;
        }
        private static int kind(int status) {
          switch (status >> 8 & 7) {
            case 0: return 1; case 1: return 2; case 2: return status >> 3 & 3; case 5: return 0;
            default: return -1;
          }
        }
        private static long checksum(DmaRegion ring, int from, int salt) {
          long sum = salt;
          for (int i = 0; i < 8; i += 2) {
            for (int j = 0; j < 2; j++) { sum += ring.read32(from + (i + j & 3) * 4) & 0xFFFFL; }
          }
          while (sum >> 16 != 0) { sum = (sum & 0xFFFF) + (sum >> 16); }
          return sum;
        }
      }
      """;

  private static SortedMap<String, byte[]> library() throws IOException {
    String jar = System.getProperty("npa.library", "");
    if (jar.isEmpty()) {
      return classes(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base"));
    }
    try (FileSystem zip = FileSystems.newFileSystem(Path.of(jar))) {
      return classes(zip.getPath("/"));
    }
  }

  private static SortedMap<String, byte[]> classes(Path root) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".class") && !f.toString().endsWith("-info.class"))
              .sorted()
              .limit(ORDINARY)
              .toList()) {
        String name = root.relativize(file).toString();
        classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
      }
    }
    return classes;
  }
}
