// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.Bar;

/// One of the eight pools: a queue pair with its owner, a VF or the PF.
///
/// Pool `n` is VF `n`'s while that exists, else the PF's; pool 7 is always the PF's. Of a pool's
/// two queue pairs (queues `n` and `n + 8`) only the first is implemented; the registers of the
/// other read as 0 and take no write.
final class Pool {
  private final int index;
  private final RxRing rx = new RxRing();
  private final EmbeddedSwitch embeddedSwitch;
  private final TxRing tx;
  private final RxQueueRegisters rxRegisters;
  private final TxQueueRegisters txRegisters;
  private final PoolStatistics statistics = new PoolStatistics();
  private QueueInterrupts interrupts = (pool, received, transmitted) -> {};

  Pool(int index, EmbeddedSwitch embeddedSwitch) {
    this.index = index;
    this.embeddedSwitch = embeddedSwitch;
    this.tx = new TxRing(this, embeddedSwitch);
    this.rxRegisters = new RxQueueRegisters(rx);
    this.txRegisters = new TxQueueRegisters(this);
  }

  int index() {
    return index;
  }

  RxRing rx() {
    return rx;
  }

  TxRing tx() {
    return tx;
  }

  RxQueueRegisters rxRegisters() {
    return rxRegisters;
  }

  TxQueueRegisters txRegisters() {
    return txRegisters;
  }

  PoolStatistics statistics() {
    return statistics;
  }

  /// Gives the pool to a function, its queues reset.
  void own(
      BusMaster busMaster, QueueInterrupts newInterrupts, Bar bar, int rxDoorbell, int txDoorbell) {
    interrupts = newInterrupts;
    rx.own(busMaster, bar, rxDoorbell);
    tx.own(busMaster, bar, txDoorbell);
    reset();
  }

  /// Sends all that was rung, if the pool may send.
  void drain() {
    embeddedSwitch.drain(this);
  }

  /// Publishes what a burst received and reports what it wrote back.
  void endBurst() {
    boolean received = rx.publish();
    boolean transmitted = tx.takeCompleted();
    if (received || transmitted) {
      interrupts.queueCause(index, received, transmitted);
    }
  }

  /// Returns the queues to their state after power-on, without finishing anything.
  void reset() {
    rxRegisters.reset();
    txRegisters.reset();
  }
}
