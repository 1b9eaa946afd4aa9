// SPDX-License-Identifier: MIT
package dev.npa.shell.guest;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// A guest's CPU: one thread that gives its tasks turns and sleeps when none has work.
///
/// No wake-up is lost: a waker stores `woken`, then reads `asleep`; the thread stores `asleep`,
/// then reads `woken`. Both are volatile, so at least one of the two sees the other's store.
public final class Vcpu implements AutoCloseable {
  /// Short enough to be no busy loop, long enough to bridge the gap between two frames under load.
  private static final int IDLE_ROUNDS_BEFORE_SLEEP = 10_000;

  /// Tasks get a turn this often at least: some wait for what does not happen.
  private static final long TICK_NANOS = 100_000_000L;

  private final String name;
  private final CopyOnWriteArrayList<GuestTask> tasks = new CopyOnWriteArrayList<>();
  private final Queue<FutureTask<?>> calls = new ConcurrentLinkedQueue<>();
  private volatile GuestTask[] turns = {};
  private volatile Thread thread;
  private volatile boolean woken;
  private volatile boolean asleep;
  private volatile boolean stopping;
  private volatile Throwable failure;

  public Vcpu(String name) {
    this.name = name;
  }

  /// Gives a task turns from now on.
  public void add(GuestTask task) {
    tasks.add(task);
    turns = tasks.toArray(GuestTask[]::new);
    wake();
  }

  /// Takes a task's turns away. One that runs at the moment may still finish.
  public void remove(GuestTask task) {
    tasks.remove(task);
    turns = tasks.toArray(GuestTask[]::new);
  }

  /// @throws IllegalStateException if the thread runs already
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException(name + " runs already");
    }
    stopping = false;
    Thread started = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    thread = started;
    started.start();
  }

  /// Stops the thread and waits for it. Calls still queued are executed first.
  ///
  /// @throws IllegalStateException if a task failed; the cause is what it threw
  @Override
  public synchronized void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    stopping = true;
    wake();
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    thread = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    checkAlive();
  }

  /// Makes the thread take another round. Any thread.
  public void wake() {
    woken = true;
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /// Runs something between two rounds and waits for it: a control operation of the guest's
  /// administrator. On this vCPU's own thread, or while it does not run, it runs at once.
  ///
  /// @throws IllegalStateException if a task failed earlier; the cause is what it threw
  public <T> T call(Callable<T> operation) {
    checkAlive();
    FutureTask<T> task = new FutureTask<>(operation);
    Thread running = thread;
    if (running == null || running == Thread.currentThread()) {
      task.run();
    } else {
      calls.add(task);
      wake();
      if (!running.isAlive()) {
        runCalls(); // The thread may have gone before it saw this one.
      }
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          checkAlive();
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void loop() {
    try {
      int idleRounds = 0;
      while (!stopping) {
        if (woken) {
          woken = false; // Before the round: what comes later asks for another.
        }
        runCalls();
        if (round()) {
          idleRounds = 0;
        } else if (++idleRounds < IDLE_ROUNDS_BEFORE_SLEEP) {
          Thread.onSpinWait();
        } else {
          sleep();
          idleRounds = 0;
        }
      }
    } catch (Throwable t) {
      failure = t; // Reported to every later caller by checkAlive.
    } finally {
      runCalls();
    }
  }

  private void sleep() {
    asleep = true;
    if (!woken && !stopping) {
      LockSupport.parkNanos(this, TICK_NANOS);
    }
    asleep = false;
  }

  private boolean round() {
    boolean busy = false;
    for (GuestTask task : turns) {
      busy |= task.poll();
    }
    return busy;
  }

  private void runCalls() {
    for (FutureTask<?> task; (task = calls.poll()) != null; ) {
      task.run();
    }
  }

  private void checkAlive() {
    if (failure != null) {
      throw new IllegalStateException(name + " died of a task's failure", failure);
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
