// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One `dpdk-testpmd`, DPDK's packet forwarding tool, run by its command line.
///
/// Huge pages come from memory file descriptors (`--in-memory`), so nothing is left behind.
final class Testpmd implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Pattern RECEIVED = Pattern.compile("\\s*Rx-pps:\\s*(\\d+)\\s.*");
  private static final Pattern VERSION = Pattern.compile(".*RTE Version: '([^']*)'.*");

  private final ChildProcess process;
  private final int ports;
  private String version = "DPDK";

  /// @param eal options of the environment: cores, devices
  /// @param application options behind `--`
  /// @param ports that it has once `attach` commands are done
  Testpmd(List<String> eal, List<String> application, int ports) throws IOException {
    // Written to a pipe, its lines would come in blocks of 4 KiB.
    List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", "dpdk-testpmd"));
    command.addAll(eal);
    command.add("--");
    command.addAll(application);
    this.process = new ChildProcess(command);
    this.ports = ports;
    try {
      process.await(
          line -> {
            Matcher matcher = VERSION.matcher(line);
            if (matcher.matches()) {
              version = matcher.group(1);
            }
            return line.contains("Checking link statuses");
          },
          START_LIMIT);
      process.await(line -> line.startsWith("Done"), START_LIMIT);
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  /// Adds a device while it runs.
  void attach(String device) throws IOException {
    process.say("port attach " + device);
    process.await(line -> line.contains("is attached"), ANSWER_LIMIT);
    process.say("port start all");
    process.await(line -> line.contains("Checking link statuses"), ANSWER_LIMIT);
  }

  /// @param lengthBytes of frames that it makes, without FCS
  void frames(int lengthBytes, int burst) throws IOException {
    process.say("set txpkts " + lengthBytes);
    process.say("set burst " + burst);
  }

  /// Starts to forward.
  ///
  /// @param command for instance `start tx_first 4`
  void start(String command) throws IOException {
    process.say(command);
    process.await(line -> line.contains("packets/burst="), ANSWER_LIMIT);
  }

  void stop() throws IOException {
    process.say("stop");
    process.await(line -> line.startsWith("Done"), ANSWER_LIMIT);
  }

  /// Frames received per second on all ports over a span of time, by testpmd's own clock.
  double receivedPerSecond(Duration span) throws IOException {
    show();
    LockSupport.parkNanos(span.toNanos());
    return show();
  }

  private double show() throws IOException {
    process.say("show port stats all");
    double sum = 0;
    for (int i = 0; i < ports; i++) {
      sum += rate(process.await(line -> RECEIVED.matcher(line).matches(), ANSWER_LIMIT));
    }
    return sum;
  }

  static double rate(String line) {
    Matcher matcher = RECEIVED.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no rate in: " + line);
    }
    return Double.parseDouble(matcher.group(1));
  }

  String version() {
    return version;
  }

  @Override
  public void close() {
    try {
      process.say("quit");
      process.awaitEnd(Duration.ofSeconds(5));
    } catch (IOException e) {
      // It is ended below, whatever it says.
    } finally {
      process.close();
    }
  }
}
