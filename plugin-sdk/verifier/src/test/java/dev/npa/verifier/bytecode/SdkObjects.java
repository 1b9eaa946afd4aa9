// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.plugin.TxQueue;
import dev.npa.plugin.TxQueueHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// One object of each SDK class, in any state that the shell can bring it into.
public final class SdkObjects {
  private SdkObjects() {}

  /// By internal name.
  public static Map<String, Object> random(Random random) {
    Map<String, Object> objects = new HashMap<>();
    RxQueue[] rx = new RxQueue[1 + random.nextInt(PluginState.MAX_QUEUES)];
    for (int i = 0; i < rx.length; i++) {
      int size = 64 << random.nextInt(7);
      rx[i] = new RxQueue(new RxQueueHandle(i), ring(size, random), size);
    }
    TxQueue[] tx = new TxQueue[1 + random.nextInt(PluginState.MAX_QUEUES)];
    for (int i = 0; i < tx.length; i++) {
      int size = 64 << random.nextInt(7);
      tx[i] = new TxQueue(new TxQueueHandle(i), ring(size, random), size);
    }
    DmaRegion shared = new DmaRegion(MemorySegment.ofArray(new long[512]), random.nextLong());
    PluginState state =
        new PluginState(TestRegion.silentShell(), TestRegion.mmio(), new int[32], shared, rx, tx);
    add(objects, state);
    add(objects, state.shellApi());
    add(objects, state.mmio());
    add(objects, shared);
    add(objects, rx[0]);
    add(objects, rx[0].handle());
    add(objects, rx[0].recvFrame());
    add(objects, tx[0]);
    add(objects, tx[0].handle());
    add(objects, info(random));
    add(objects, list(random));
    return objects;
  }

  private static void add(Map<String, Object> objects, Object object) {
    objects.put(object.getClass().getName().replace('.', '/'), object);
  }

  private static DmaRegion ring(int size, Random random) {
    int words = 8 * size + 1024 + random.nextInt(64);
    return new DmaRegion(MemorySegment.ofArray(new long[words]), 4096L * random.nextInt(1 << 20));
  }

  private static SendInfo info(Random random) {
    SendInfo info = new SendInfo();
    if (random.nextBoolean()) {
      info.headers(random.nextBoolean(), random.nextBoolean(), 14, 34, random.nextInt(1 << 16));
    }
    if (random.nextBoolean()) {
      info.requestSegmentation(1 + random.nextInt(16383));
    }
    if (random.nextBoolean()) {
      info.requestVlanTag(random.nextInt(1 << 16));
    }
    if (random.nextBoolean()) {
      info.requestChecksum();
    }
    return info;
  }

  private static SgList list(Random random) {
    SgList list = new SgList();
    MemorySegment frame = Arena.ofAuto().allocate(2048);
    for (int i = 0; i < frame.byteSize(); i++) {
      frame.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    if (random.nextInt(8) != 0) {
      list.set(frame, 0, random.nextLong(), 1 + random.nextInt(2048));
      for (int i = random.nextInt(SgList.MAX_ELEMENTS); i > 0; i--) {
        list.add(random.nextLong(), 1 + random.nextInt(4096));
      }
    }
    return list;
  }
}
