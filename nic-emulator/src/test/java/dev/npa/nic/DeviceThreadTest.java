// SPDX-License-Identifier: MIT
package dev.npa.nic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeviceThreadTest {
  private final DeviceThread thread = new DeviceThread("device");

  @Test
  void runsTransactionsOnTheCallerBeforeStart() {
    assertThat(thread.call(Thread::currentThread)).isSameAs(Thread.currentThread());
  }

  @Test
  void runsTransactionsOnItselfOnceStarted() {
    thread.start();
    try (thread) {
      assertThat(thread.call(() -> Thread.currentThread().getName())).isEqualTo("device");
    }
  }

  @Test
  void runsTransactionsOnTheCallerAfterClose() {
    thread.start();
    thread.close();

    assertThat(thread.call(Thread::currentThread)).isSameAs(Thread.currentThread());
  }

  /// Two CPUs of one guest are enough to keep the queue from ever being empty.
  @Test
  void givesDevicesTheirTurnHoweverManyTransactionsWait() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    thread.add(() -> turns.incrementAndGet() == 0);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    int callers = 40;
    AtomicInteger turnsAtLast = new AtomicInteger();
    thread.start();
    try (thread) {
      List<Thread> threads = new ArrayList<>();
      Runnable blocking =
          () -> {
            begun.countDown();
            awaitUnchecked(first);
          };
      threads.add(Thread.ofPlatform().start(() -> thread.run(blocking)));
      begun.await(); // Those that come before it would be over before they are looked at.
      for (int i = 0; i < callers; i++) {
        threads.add(
            Thread.ofPlatform().start(() -> thread.run(() -> turnsAtLast.set(turns.get()))));
      }
      for (Thread caller : threads.subList(1, threads.size())) {
        while (caller.getState() != Thread.State.WAITING) {
          Thread.onSpinWait(); // Until its transaction is queued.
        }
      }
      int before = turns.get();
      first.countDown();
      for (Thread caller : threads) {
        caller.join();
      }
      assertThat(turnsAtLast.get()).isGreaterThan(before);
    }
  }

  @Test
  void nestsTransactions() {
    assertThat(thread.<Integer>call(() -> thread.call(() -> 7))).isEqualTo(7);
    thread.start();
    try (thread) {
      assertThat(thread.<Integer>call(() -> thread.call(() -> 8))).isEqualTo(8);
    }
  }

  @Test
  void givesDevicesTheirTurnInOrder() {
    List<String> turns = new ArrayList<>();
    Device first = () -> !turns.add("first");
    Device second = () -> !turns.add("second");
    thread.add(first);
    thread.add(second);

    thread.poll();
    thread.remove(first);
    thread.poll();

    assertThat(turns).containsExactly("first", "second", "second");
  }

  @Test
  void pollsUntilNoDeviceHasWork() {
    AtomicInteger left = new AtomicInteger(5);
    thread.add(() -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0);

    thread.pollUntilIdle();

    assertThat(left).hasValue(0);
  }

  @Test
  void refusesToBePolledWhileItRuns() {
    thread.start();
    try (thread) {
      assertThatThrownBy(thread::poll).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(thread::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesToWaitForItself() {
    thread.start();
    try (thread) {
      assertThatThrownBy(() -> thread.run(thread::close)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void wakesWhenADoorbellRings() throws InterruptedException {
    AtomicBoolean doorbell = new AtomicBoolean();
    CountDownLatch seen = new CountDownLatch(100);
    thread.add(
        () -> {
          boolean work = doorbell.getAndSet(false);
          if (work) {
            seen.countDown();
          }
          return work;
        });
    thread.start();
    try (thread) {
      while (seen.getCount() > 0) {
        long before = seen.getCount();
        doorbell.set(true);
        thread.ring();
        while (seen.getCount() == before) {
          Thread.onSpinWait();
        }
      }
      assertThat(seen.await(0, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void throwsWhatATransactionThrows() {
    IllegalArgumentException cause = new IllegalArgumentException("mine");
    thread.start();
    try (thread) {
      assertThatThrownBy(
              () ->
                  thread.run(
                      () -> {
                        throw cause;
                      }))
          .isSameAs(cause);
      assertThat(thread.call(() -> 1)).isEqualTo(1);
    }
  }

  @Test
  void refusesTransactionsAfterADeviceFailed() {
    RuntimeException cause = new RuntimeException("device broke");
    AtomicBoolean executed = new AtomicBoolean();
    thread.add(
        () -> {
          throw cause;
        });
    thread.start();

    assertThatThrownBy(
            () -> {
              while (true) {
                thread.run(() -> {});
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasCause(cause);
    assertThatThrownBy(() -> thread.run(() -> executed.set(true))).hasCause(cause);
    assertThatThrownBy(thread::close).hasCause(cause);
    assertThat(executed).isFalse();
  }

  @Test
  void losesNoTransactionWhenItStopsMeanwhile() throws InterruptedException {
    AtomicInteger executed = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int c = 0; c < 3; c++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitUnchecked(go);
                    for (int i = 0; i < 500; i++) {
                      thread.run(
                          () -> {
                            overlaps.addAndGet(inside.getAndIncrement());
                            executed.incrementAndGet();
                            inside.decrementAndGet();
                          });
                    }
                  }));
    }
    go.countDown();
    for (int i = 0; i < 50; i++) {
      thread.start();
      thread.close();
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(executed).hasValue(1500);
    assertThat(overlaps).hasValue(0);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
