// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.npa.plugin.TxQueueHandle;
import dev.npa.shell.datapath.Hostile.Act;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultContainmentTest {
  private final Hostile hostile = new Hostile();
  private final PluginRig rig = PluginRig.ready(hostile);

  @ParameterizedTest
  @CsvSource({
    "BIND_TWICE, ID_ALREADY_BOUND",
    "BIND_OUT_OF_RANGE, ID_OUT_OF_RANGE",
    "BIND_FOREIGN_QUEUE, FOREIGN_HANDLE",
    "COMPLETE_TOO_MANY, OVER_COMPLETION",
    "COMPLETE_NEGATIVE, OVER_COMPLETION",
    "COMPLETE_FOREIGN_QUEUE, FOREIGN_HANDLE",
    "TX_LIES, BAD_RETURN_VALUE",
    "INDICATE_UNBOUND, ID_NOT_BOUND",
    "INDICATE_SAME_TWICE, ID_NOT_BOUND",
    "INDICATE_OUT_OF_RANGE, ID_OUT_OF_RANGE",
    "INDICATE_TOO_LONG, BAD_FRAME_LENGTH",
    "INDICATE_OFFSET, BAD_FRAME_LENGTH",
    "INDICATE_EMPTY, BAD_FRAME_LENGTH",
    "INDICATE_WHILE_REAPING, INDICATE_OUTSIDE_CHECK_RX",
    "RX_LIES, BAD_RETURN_VALUE",
    "RX_NEGATIVE, BAD_RETURN_VALUE",
    "THROW_IN_CHECK_RX, OTHER_EXCEPTION",
    "THROW_IN_REFILL, INDEX_OUT_OF_BOUNDS",
    "REFILL_ANSWERS_7, BAD_RETURN_VALUE",
    "LOG_LINE_BREAK, BAD_LOG_MESSAGE",
    "LOG_LEVEL_9, BAD_LOG_MESSAGE",
    "TX_ANSWERS_9, BAD_RETURN_VALUE",
    "TX_REFUSES_PLAIN, PLAIN_FRAME_REFUSED",
    "TX_THROWS, ARITHMETIC",
    "RECURSE, STACK_OVERFLOW"
  })
  void recordsTheFaultAndAccountsForEveryBuffer(Act act, Fault fault) {
    rig.send(2, 60);
    hostile.act = act;
    rig.enqueue(60, 3);

    rig.poll();
    rig.path.transmit();

    assertThat(rig.path.fault()).isEqualTo(fault);
    rig.path.reclaim();
    assertThat(rig.small.free()).isEqualTo(rig.small.size());
    assertThat(rig.large.free()).isEqualTo(rig.large.size());
    assertThat(rig.tx.inFlight() + rig.tx.waiting()).isEqualTo(3);
    assertThat(rig.tx.rewind()).isEqualTo(2);
    assertThat(rig.tx.waiting()).isEqualTo(3);
  }

  @Test
  void deliversWhatWasIndicatedBeforeTheFault() {
    hostile.indicateFirst = 3;
    hostile.act = Act.THROW_IN_CHECK_RX;

    assertThat(rig.poll()).isEqualTo(3);

    assertThat(rig.received).hasSize(3);
  }

  @Test
  void stopsAPluginThatIndicatesMoreThanItsBudget() {
    hostile.act = Act.INDICATE_OVER_BUDGET;

    rig.path.poll(4, rig);

    assertThat(rig.path.fault()).isEqualTo(Fault.TOO_MANY_FRAMES);
    assertThat(rig.received).hasSize(4);
  }

  @Test
  void doesNotCallAPluginAgainAfterItsFault() {
    hostile.act = Act.THROW_IN_REFILL;
    rig.poll();
    hostile.act = Act.NOTHING;
    hostile.indicateFirst = 1;

    assertThat(rig.poll()).isZero();
    assertThat(rig.path.reset()).isFalse();
    assertThat(rig.path.init()).isFalse();
    assertThat(rig.received).isEmpty();
  }

  @Test
  void refusesCallsFromOutsideAnEntryPoint() {
    ShellCalls calls = new ShellCalls(rig.rx, rig.tx, new Traffic(), () -> 0);

    assertThat(catchThrowable(() -> calls.completeSend(new TxQueueHandle(0), 0)))
        .isSameAs(ContractBroken.INSTANCE);
    assertThat(calls.fault()).isEqualTo(Fault.CALL_OUTSIDE_ENTRY_POINT);
  }
}
