// SPDX-License-Identifier: MIT
package dev.npa.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);

  @Test
  void answersLineByLine() throws IOException {
    try (ChildProcess cat = new ChildProcess(List.of("cat"))) {
      cat.say("one");
      cat.say("two");

      assertThat(cat.await(line -> line.startsWith("t"), LONG)).isEqualTo("two");
    }
  }

  @Test
  void isNotWaitedForWithoutALimit() throws IOException {
    try (ChildProcess cat = new ChildProcess(List.of("cat"))) {
      assertThatIOException()
          .isThrownBy(() -> cat.await(line -> true, SHORT))
          .withMessageContaining("did not answer");
      assertThatIOException()
          .isThrownBy(() -> cat.awaitEnd(SHORT))
          .withMessageContaining("did not end");
    }
  }

  @Test
  void saysWhyItEndedEarly() throws IOException {
    try (ChildProcess shell = new ChildProcess(List.of("sh", "-c", "echo no memory; exit 7"))) {
      assertThatIOException()
          .isThrownBy(() -> shell.await("ready"::equals, LONG))
          .withMessageContaining("ended early")
          .withMessageContaining("no memory");
      assertThatIOException()
          .isThrownBy(() -> shell.awaitEnd(LONG))
          .withMessageContaining("exit code 7");
    }
  }

  @Test
  void doesNotOutliveItsObjectEvenIfItIgnoresSignals() throws IOException {
    long pid;
    try (ChildProcess stubborn =
        new ChildProcess(List.of("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"))) {
      pid = Long.parseLong(stubborn.await(line -> true, LONG));
      assertThat(ProcessHandle.of(pid)).isPresent();
    }

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void failsIfThereIsNoSuchProgram() {
    assertThatIOException().isThrownBy(() -> new ChildProcess(List.of("no-such-program-here")));
  }
}
