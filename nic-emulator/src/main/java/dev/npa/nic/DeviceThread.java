// SPDX-License-Identifier: MIT
package dev.npa.nic;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// The thread on which devices run, as hardware runs beside the CPUs.
///
/// Devices poll their doorbells in turn. Everything that is not a doorbell (a register with side
/// effects, a control operation of the hypervisor) is a *transaction*: it runs on this thread
/// between two rounds, so that device state needs no lock. When no device has had work for a while
/// the thread sleeps until a doorbell rings or a transaction arrives.
///
/// Before [#start] and after [#close] transactions run on the caller's thread, one at a time, and
/// [#poll] makes rounds by hand: that is how tests step a device.
///
/// When a device throws, the thread ends; from then on every transaction is refused with that
/// cause.
public final class DeviceThread implements AutoCloseable {
  private static final int IDLE_ROUNDS_BEFORE_SLEEP = 2_000;

  /// Transactions between two rounds: one guest's CPUs can keep the queue from ever being empty.
  private static final int TRANSACTIONS_PER_ROUND = 16;

  private final String name;
  private final Queue<FutureTask<?>> transactions = new ConcurrentLinkedQueue<>();
  private volatile Device[] devices = {};
  private volatile Thread thread;
  private volatile boolean asleep;
  private volatile boolean stopping;
  private volatile boolean finished = true;
  private volatile Throwable failure;

  public DeviceThread(String name) {
    this.name = name;
  }

  /// Gives a device its turn from now on.
  public void add(Device device) {
    run(
        () -> {
          List<Device> list = new ArrayList<>(List.of(devices));
          list.add(device);
          devices = list.toArray(Device[]::new);
        });
  }

  /// Takes a device's turn away; it has none after this call returns.
  public void remove(Device device) {
    run(
        () -> {
          List<Device> list = new ArrayList<>(List.of(devices));
          list.remove(device);
          devices = list.toArray(Device[]::new);
        });
  }

  /// @throws IllegalStateException if the thread runs already, or a device failed earlier
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException(name + " runs already");
    }
    checkAlive();
    stopping = false;
    synchronized (transactions) { // Let a transaction end that a caller executes.
      finished = false;
    }
    Thread started = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    thread = started;
    started.start();
  }

  /// Stops the thread and waits for it. Transactions still queued are executed first.
  ///
  /// @throws IllegalStateException if a device failed, the cause is what it threw; or if called on
  ///   the thread itself
  @Override
  public synchronized void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    if (running == Thread.currentThread()) {
      throw new IllegalStateException(name + " cannot wait for itself");
    }
    stopping = true;
    LockSupport.unpark(running);
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

  /// Runs a transaction between two rounds and waits for it.
  ///
  /// @throws IllegalStateException if a device failed earlier; the cause is what it threw
  public void run(Runnable transaction) {
    call(
        () -> {
          transaction.run();
          return true;
        });
  }

  /// As [#run], with a result. What the transaction throws unchecked, this throws.
  public <T> T call(Callable<T> transaction) {
    checkAlive();
    FutureTask<T> task = new FutureTask<>(transaction);
    if (runsCaller()) {
      task.run(); // Part of the transaction, or the device's turn, that calls.
    } else {
      transactions.add(task);
      LockSupport.unpark(thread);
      drainIfFinished(); // The thread may not be there, or have gone before it saw this one.
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (CancellationException e) {
          throw new IllegalStateException(name + " died of a device's failure", failure);
        } catch (ExecutionException e) {
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether the caller is a transaction, or a device in its turn: it may touch device state
  /// without a transaction of its own.
  public boolean runsCaller() {
    return thread == Thread.currentThread() || Thread.holdsLock(transactions);
  }

  /// Tells the thread that a doorbell was stored. Costs a fence, and a system call if it sleeps.
  public void ring() {
    // Full fence: the doorbell store must be visible before `asleep` is read. With the mirror image
    // in `sleep` one side always sees the other.
    VarHandle.fullFence();
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /// Makes one round on the caller's thread.
  ///
  /// @return whether any device had work
  /// @throws IllegalStateException if the thread runs
  public boolean poll() {
    if (thread != null && thread != Thread.currentThread()) {
      throw new IllegalStateException(name + " runs; it makes its own rounds");
    }
    return round();
  }

  /// Makes rounds on the caller's thread until no device has work.
  public void pollUntilIdle() {
    while (poll()) {
      // Each round moves at least one frame; rings are finite.
    }
  }

  private void loop() {
    try {
      int idleRounds = 0;
      while (!stopping) {
        runTransactions(TRANSACTIONS_PER_ROUND);
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
      // In this order: a caller that adds its transaction after the drain sees `finished`.
      finished = true;
      runTransactions(Integer.MAX_VALUE);
    }
  }

  private void sleep() {
    asleep = true;
    VarHandle.fullFence(); // See ring().
    if (transactions.isEmpty() && !stopping && !round()) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private boolean round() {
    boolean busy = false;
    for (Device device : devices) {
      busy |= device.poll();
    }
    return busy;
  }

  private void drainIfFinished() {
    if (finished) {
      synchronized (transactions) {
        if (finished) {
          runTransactions(Integer.MAX_VALUE);
        }
      }
    }
  }

  /// Holds a lock because callers execute transactions themselves while there is no thread; while
  /// it runs nobody else wants the lock.
  private void runTransactions(int limit) {
    if (transactions.isEmpty()) {
      return;
    }
    synchronized (transactions) {
      FutureTask<?> task;
      for (int i = 0; i < limit && (task = transactions.poll()) != null; i++) {
        if (failure == null) {
          task.run();
        } else {
          task.cancel(false);
        }
      }
    }
  }

  private void checkAlive() {
    if (failure != null) {
      throw new IllegalStateException(name + " died of a device's failure", failure);
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
