// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

final class TxLedgerTest {
  private final TxLedger ledger = new TxLedger(Arena.ofAuto().allocate(1 << 20), 4096, 10, 2048, 8);
  private final Traffic traffic = new Traffic();

  @Test
  void takesNoMoreThanItsCapacityAndLeavesTheBufferToTheCaller() {
    for (int i = 0; i < 8; i++) {
      assertThat(ledger.enqueue(ledger.takeBuffer(), 60)).isTrue();
    }
    int ninth = ledger.takeBuffer();

    assertThat(ledger.enqueue(ninth, 60)).isFalse();
    ledger.returnBuffer(ninth);

    assertThat(ledger.waiting()).isEqualTo(8);
  }

  @Test
  void givesNoBufferTwice() {
    for (int i = 0; i < 10; i++) {
      assertThat(ledger.takeBuffer()).isNotEqualTo(TxLedger.NONE);
    }
    assertThat(ledger.takeBuffer()).isEqualTo(TxLedger.NONE);
  }

  @Test
  void refusesABufferThatTheCallerDoesNotOwn() {
    int buffer = ledger.takeBuffer();
    ledger.enqueue(buffer, 60);

    assertThatIllegalArgumentException().isThrownBy(() -> ledger.enqueue(buffer, 60));
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.returnBuffer(buffer));
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.enqueue(-1, 60));
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.enqueue(10, 60));
  }

  @Test
  void refusesAFrameThatDoesNotFitItsBuffer() {
    int buffer = ledger.takeBuffer();

    assertThatIllegalArgumentException().isThrownBy(() -> ledger.enqueue(buffer, 2049));
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.enqueue(buffer, 0));
  }

  @Test
  void completesOldestFirstAndNoMoreThanAreInFlight() {
    for (int i = 0; i < 4; i++) {
      ledger.enqueue(ledger.takeBuffer(), 60 + i);
      ledger.queuedUpTo(ledger.next() + 1);
    }

    assertThat(ledger.complete(5, traffic)).isFalse();
    assertThat(ledger.complete(-1, traffic)).isFalse();
    assertThat(ledger.complete(2, traffic)).isTrue();

    assertThat(ledger.inFlight()).isEqualTo(2);
    assertThat(traffic.bytesSent()).isEqualTo(121);
  }

  @Test
  void sendsAgainInOrderWhatWasInFlight() {
    int first = ledger.takeBuffer();
    ledger.enqueue(first, 61);
    ledger.enqueue(ledger.takeBuffer(), 62);
    ledger.queuedUpTo(ledger.next() + 1);
    ledger.queuedUpTo(ledger.next() + 1);
    ledger.enqueue(ledger.takeBuffer(), 63);

    assertThat(ledger.rewind()).isEqualTo(2);

    assertThat(ledger.waiting()).isEqualTo(3);
    assertThat(ledger.lengthAt(ledger.next())).isEqualTo(61);
    assertThat(ledger.offsetAt(ledger.next())).isEqualTo(ledger.bufferOffset(first));
  }
}
