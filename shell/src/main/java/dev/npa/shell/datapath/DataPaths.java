// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.ShellApi;
import dev.npa.plugin.TxQueue;
import dev.npa.plugin.TxQueueHandle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Makes data paths: puts a plugin, its rings, registers and ledgers together.
public final class DataPaths {
  private static final MethodType CONSTRUCTOR =
      MethodType.methodType(
          void.class,
          NpaPlugin.class,
          PluginState.class,
          ShellCalls.class,
          RxLedger.class,
          TxLedger.class,
          Traffic.class);

  private static final byte[] LOOP = loop();

  private DataPaths() {}

  /// What a queue pair stands on.
  ///
  /// @param rxRing memory of the receive queue, at least `64 * rxRingSize + 8192` bytes
  public record QueuePair(
      RegisterWindow registers,
      DmaRegion rxRing,
      int rxRingSize,
      DmaRegion txRing,
      int txRingSize,
      DmaRegion shared) {}

  /// A path for the plugin that is part of the shell.
  ///
  /// @param deviceInfo the PF driver's words for the plugin, 32
  public static PacketPath builtIn(
      NpaPlugin plugin,
      QueuePair queues,
      int[] deviceInfo,
      RxLedger rx,
      TxLedger tx,
      Traffic traffic) {
    ShellCalls calls = new ShellCalls(rx, tx, traffic, System::nanoTime);
    return new DataPath(plugin, state(calls, queues, deviceInfo), calls, rx, tx, traffic);
  }

  /// A path for a plugin of a region, with its own copy of the loop.
  public static PacketPath ofRegion(
      NpaPlugin plugin,
      QueuePair queues,
      int[] deviceInfo,
      RxLedger rx,
      TxLedger tx,
      Traffic traffic) {
    ShellCalls calls = new ShellCalls(rx, tx, traffic, System::nanoTime);
    try {
      MethodHandles.Lookup copy = MethodHandles.lookup().defineHiddenClass(LOOP, true);
      return (PacketPath)
          copy.findConstructor(copy.lookupClass(), CONSTRUCTOR)
              .invoke(plugin, state(calls, queues, deviceInfo), calls, rx, tx, traffic);
    } catch (Throwable thrown) {
      throw new IllegalStateException("the shell's own loop does not load", thrown);
    }
  }

  private static byte[] loop() {
    try (InputStream bytes = DataPaths.class.getResourceAsStream("DataPath.class")) {
      if (bytes == null) {
        throw new IllegalStateException("the shell's own loop is missing");
      }
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the shell's own loop", e);
    }
  }

  private static PluginState state(ShellCalls calls, QueuePair queues, int[] deviceInfo) {
    return new PluginState(
        new ShellApi(calls),
        queues.registers().countedBy(calls),
        deviceInfo,
        queues.shared(),
        new RxQueue[] {new RxQueue(new RxQueueHandle(0), queues.rxRing(), queues.rxRingSize())},
        new TxQueue[] {new TxQueue(new TxQueueHandle(0), queues.txRing(), queues.txRingSize())});
  }
}
