// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueue;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.plugin.ShellApi;
import dev.npa.plugin.TxQueue;
import dev.npa.plugin.TxQueueHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A throw-away class loader and the objects a plugin is called with, enough to run it in a test.
final class TestRegion {
  static final int RING_SIZE = 64;

  private final List<String> events = new ArrayList<>();
  private final MemorySegment memory = Arena.ofAuto().allocate(3 * 65536, 4096);
  private final NpaPlugin plugin;
  private final PluginState state;
  private long nextBuffer = 1 << 20;

  private TestRegion(SortedMap<String, byte[]> classes, String entryClass) {
    try {
      Class<?> loaded = new Loader(classes).loadClass(entryClass.replace('/', '.'));
      plugin = (NpaPlugin) loaded.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    int ringBytes = 64 * RING_SIZE + 8192;
    state =
        new PluginState(
            shell(),
            mmio(),
            new int[32],
            new DmaRegion(memory.asSlice(0, 4096), 0x10000),
            new RxQueue[] {
              new RxQueue(
                  new RxQueueHandle(0),
                  new DmaRegion(memory.asSlice(65536, ringBytes), 0x20000),
                  RING_SIZE)
            },
            new TxQueue[] {
              new TxQueue(
                  new TxQueueHandle(0),
                  new DmaRegion(memory.asSlice(131072, ringBytes), 0x30000),
                  RING_SIZE)
            });
  }

  static TestRegion load(VerifiedClasses verified) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    verified.names().forEach(name -> classes.put(name, verified.bytes(name)));
    return new TestRegion(classes, verified.entryClass());
  }

  /// The vendor's own bytes, as if there were no gate.
  static TestRegion loadUnverified(SortedMap<String, byte[]> classes, String entryClass) {
    return new TestRegion(classes, entryClass);
  }

  NpaPlugin plugin() {
    return plugin;
  }

  PluginState state() {
    return state;
  }

  int poll() {
    return plugin.checkRxRing(state, 0, 64);
  }

  int send(int fragments) {
    SgList sgl = new SgList();
    sgl.set(memory, 0, 0x40000, 60);
    for (int i = 1; i < fragments; i++) {
      sgl.add(0x40000 + 64 * i, 100 + i);
    }
    return plugin.addFrameToTxRing(state, 0, new SendInfo(), sgl, false);
  }

  /// A little traffic: every data-path entry point, with frames that the "device" completes.
  List<Integer> run() {
    List<Integer> results = new ArrayList<>();
    results.add(plugin.swInit(state));
    results.add(plugin.reinitRxRing(state, 0));
    results.add(plugin.reinitTxRing(state, 0));
    results.add(plugin.addBuffersToRxRing(state, 0));
    for (int round = 0; round < 40; round++) {
      results.add(send(1 + round % 5));
      DmaRegion rx = state.rxQueue(0).ring();
      rx.write64(round % RING_SIZE * 16 + 8, 0x40_0000_0003L | (long) (round % 6) << 8);
      DmaRegion tx = state.txQueue(0).ring();
      tx.write32(round % RING_SIZE * 16 + 12, 1);
      results.add(poll());
      results.add(plugin.checkTxRing(state, 0));
      results.add(plugin.addBuffersToRxRing(state, 0));
    }
    return results;
  }

  /// What the plugin told the shell, in order.
  List<String> events() {
    return events;
  }

  byte[] memory() {
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }

  /// The shell's side is exported to the shell module only, so its interface is met by reflection.
  private ShellApi shell() {
    try {
      Class<?> services = Class.forName("dev.npa.plugin.host.ShellServices");
      Object proxy =
          Proxy.newProxyInstance(
              services.getClassLoader(),
              new Class<?>[] {services},
              (self, method, arguments) -> {
                events.add(method.getName() + " " + describe(arguments[arguments.length - 1]));
                return method.getReturnType() == long.class ? nextBuffer += 2048 : null;
              });
      return (ShellApi) ShellApi.class.getConstructors()[0].newInstance(proxy);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// A shell that does nothing and gives address 0.
  static ShellApi silentShell() {
    try {
      Class<?> services = Class.forName("dev.npa.plugin.host.ShellServices");
      Object proxy =
          Proxy.newProxyInstance(
              services.getClassLoader(),
              new Class<?>[] {services},
              (self, method, arguments) ->
                  method.getReturnType() == long.class ? (Object) 0L : null);
      return (ShellApi) ShellApi.class.getConstructors()[0].newInstance(proxy);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String describe(Object argument) {
    return argument instanceof RecvFrame frame
        ? frame.sgLength() + " buffers, " + frame.byteLength() + " bytes, IPv4 " + frame.isIpv4()
        : argument.toString();
  }

  static MmioRegion mmio() {
    try {
      Class<?> trap = Class.forName("dev.npa.plugin.host.RegisterTrap");
      Object ignoring =
          Proxy.newProxyInstance(
              trap.getClassLoader(), new Class<?>[] {trap}, (self, method, arguments) -> null);
      MemorySegment registers = Arena.ofAuto().allocate(16384, 8);
      return (MmioRegion)
          MmioRegion.class.getConstructors()[0].newInstance(registers, doorbells(), ignoring);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static long[] doorbells() {
    long[] all = new long[64];
    Arrays.fill(all, -1);
    return all;
  }

  private static final class Loader extends ClassLoader {
    private final SortedMap<String, byte[]> classes;

    Loader(SortedMap<String, byte[]> classes) {
      super(NpaPlugin.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name.replace('.', '/'));
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
