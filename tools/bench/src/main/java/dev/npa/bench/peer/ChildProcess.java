// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program that is talked to line by line. It does not outlive this object, nor this JVM; no call
/// waits without a limit.
public final class ChildProcess implements AutoCloseable {
  private static final int LINES_KEPT = 50_000;
  private static final int LINES_REMEMBERED = 1_000;
  private static final String END = "\0";

  private final Process process;
  private final Writer in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(LINES_KEPT);
  private final List<String> all = new CopyOnWriteArrayList<>();
  private final Thread hook;

  /// @throws IOException if there is no such program
  public ChildProcess(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    process = builder.start();
    in = process.outputWriter(UTF_8);
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofPlatform().name("npa-bench-reader").daemon().start(this::read);
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        all.add(line);
        if (all.size() > LINES_REMEMBERED) {
          all.removeFirst();
        }
        lines.offer(line);
      }
    } catch (IOException e) {
      all.add(String.valueOf(e.getMessage())); // The stream of a process that was ended.
    }
    lines.offer(END);
  }

  /// Sends a line.
  void say(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /// Waits for a line.
  ///
  /// @throws IOException if none comes in time, or the program ends; with what it said last
  String await(Predicate<String> wanted, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new IOException(name() + " did not answer within " + limit + lastWords());
        }
        if (line.equals(END)) {
          throw new IOException(name() + " ended early" + lastWords());
        }
        if (wanted.test(line)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name(), e);
    }
  }

  /// Waits for the end.
  ///
  /// @return all that the program said
  /// @throws IOException if it does not end in time, or fails
  public String awaitEnd(Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException(name() + " did not end within " + limit + lastWords());
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            name() + " failed with exit code " + process.exitValue() + lastWords());
      }
      await(END::equals, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name(), e);
    } catch (IOException e) {
      if (process.isAlive() || process.exitValue() != 0) {
        throw e;
      }
    }
    return String.join("\n", all);
  }

  private String name() {
    return process.info().command().orElse("the child process");
  }

  private String lastWords() {
    List<String> said = all.stream().filter(line -> !line.isBlank()).toList();
    return ": " + String.join(" | ", said.subList(Math.max(0, said.size() - 4), said.size()));
  }

  /// Ends the program, at once if it does not go.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down, and runs the hook.
    }
  }
}
