// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import dev.npa.bench.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The same data path in C (`shape.c`), compiled for this machine: the ceiling, and what the memory
/// system alone takes.
public final class CShape implements AutoCloseable {
  private static final Duration COMPILE_LIMIT = Duration.ofSeconds(60);

  /// What a run tells.
  public enum Figure {
    /// Nanoseconds to copy a frame between buffers as they are used on the way.
    COPY,
    /// Nanoseconds to hand a cache line from one core to the other.
    HANDOVER,
    /// Percent of the time that threads which only spin are stopped for more than 10 us at once.
    PAUSED,
    /// Frames per second with both sides on one core.
    ONE_CORE,
    /// Frames per second with guest and device on a core each.
    TWO_CORES;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Path directory;
  private final Path program;

  private CShape(Path directory, Path program) {
    this.directory = directory;
    this.program = program;
  }

  /// @return empty if there is no gcc
  /// @throws IOException if gcc does not compile it
  public static Optional<CShape> compile() throws IOException {
    Path directory = Files.createTempDirectory("npa-bench");
    CShape shape = new CShape(directory, directory.resolve("shape"));
    Path source = directory.resolve("shape.c");
    try (InputStream in = CShape.class.getResourceAsStream("shape.c")) {
      if (in == null) {
        throw new IOException("shape.c is missing from the product");
      }
      Files.copy(in, source);
    }
    try (ChildProcess gcc =
        new ChildProcess(
            List.of(
                "gcc",
                "-O3",
                "-march=native",
                "-std=gnu11",
                "-pthread",
                "-o",
                shape.program.toString(),
                source.toString()))) {
      gcc.awaitEnd(COMPILE_LIMIT);
      return Optional.of(shape);
    } catch (IOException e) {
      shape.close();
      if (String.valueOf(e.getMessage()).contains("Cannot run program")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Runs it.
  ///
  /// @param frameBytes with FCS
  /// @return a machine with one core has no figures of two
  public Map<Figure, Sample> run(int frameBytes, Duration each, int runs) throws IOException {
    List<String> command =
        List.of(
            program.toString(),
            Integer.toString(frameBytes - 4),
            Long.toString(each.toMillis()),
            Integer.toString(runs));
    try (ChildProcess running = new ChildProcess(command)) {
      return parse(running.awaitEnd(each.multipliedBy(8L * runs).plusSeconds(60)));
    }
  }

  static Map<Figure, Sample> parse(String output) throws IOException {
    Map<Figure, List<Double>> values = new EnumMap<>(Figure.class);
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ", -1);
      boolean known = false;
      for (Figure figure : Figure.values()) {
        if (words.length == 2 && words[0].equals(figure.word())) {
          values.computeIfAbsent(figure, _ -> new ArrayList<>()).add(number(words[1], line));
          known = true;
        }
      }
      if (!known) {
        throw new IOException("shape said: " + line);
      }
    }
    Map<Figure, Sample> samples = new EnumMap<>(Figure.class);
    values.forEach(
        (figure, list) ->
            samples.put(
                figure, new Sample(list.stream().mapToDouble(Double::doubleValue).toArray())));
    return samples;
  }

  private static double number(String word, String line) throws IOException {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IOException("shape said: " + line, e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(program);
    Files.deleteIfExists(directory.resolve("shape.c"));
    Files.deleteIfExists(directory);
  }
}
