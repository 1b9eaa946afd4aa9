// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// A guest whose own stack is nearly used up when it calls: the overflow strikes anywhere, in the
/// plugin, in the shell's books, in the handler of the overflow itself.
final class FullStackTest {
  private static final int BUFFERS = 64;

  /// Calls the shell at the bottom of a recursion, then at every level on the way back.
  @SuppressWarnings("InfiniteRecursion") // Until the stack is full: that is the point.
  private static void descend(Runnable call) {
    try {
      descend(call);
    } catch (StackOverflowError full) {
      // This is the edge; the levels above have a little more room each.
    }
    call.run();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void leavesBooksThatCanBePutInOrder(int frames) throws InterruptedException {
    int struck = 0;
    for (int attempt = 0; attempt < 20; attempt++) {
      PluginRig rig = PluginRig.ready(new KawelaPlugin());
      for (int i = 0; i < 8 + frames; i++) {
        rig.enqueue(60 + i, i);
      }
      for (int i = 0; i < 4; i++) {
        rig.write32(PluginRig.TX_RING + 16L * i + 12, 1);
      }
      int[] step = {attempt};
      Thread guest =
          new Thread(
              null,
              () -> {
                try {
                  descend(() -> act(rig, step));
                } catch (StackOverflowError full) {
                  // Even the last call found no room.
                }
              },
              "guest",
              200_000);
      guest.start();
      guest.join();

      if (rig.path.fault() == Fault.STACK_OVERFLOW || rig.path.fault() == Fault.REENTERED) {
        struck++;
      }
      rig.tx.heal();
      rig.tx.rewind();
      rig.path.reclaim();
      expectWholeBooks(rig);
    }
    assertThat(struck).as("attempts in which the overflow struck inside").isPositive();
  }

  private static void act(PluginRig rig, int[] step) {
    step[0]++;
    if (step[0] % 2 == 0) {
      rig.path.transmit();
    } else {
      rig.poll();
    }
  }

  private static void expectWholeBooks(PluginRig rig) {
    assertThat(rig.small.free()).isEqualTo(rig.small.size());
    assertThat(rig.large.free()).isEqualTo(rig.large.size());
    Set<Long> seen = new HashSet<>();
    for (long buffer; (buffer = rig.small.take()) != BufferPool.NONE; ) {
      assertThat(seen.add(buffer)).isTrue();
    }
    Set<Integer> free = new HashSet<>();
    for (int id; (id = rig.tx.takeBuffer()) != TxLedger.NONE; ) {
      assertThat(free.add(id)).isTrue();
    }
    assertThat(free.size() + rig.tx.waiting()).isEqualTo(BUFFERS);
  }
}
