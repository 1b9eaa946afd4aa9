// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.region.Regions;
import dev.npa.verifier.Verdict;
import java.util.List;
import java.util.function.LongSupplier;

/// Two guests with a cable between them, stepped by hand on the test's thread.
final class TwoGuests {
  static final MacAddress MAC_A = MacAddress.parse("02:00:00:00:00:0a");
  static final MacAddress MAC_B = MacAddress.parse("02:00:00:00:00:0b");

  private final LongSupplier clock;
  final DeviceThread thread = new DeviceThread("devices");
  final TinyHost hostA = new TinyHost(thread, MAC_A);
  final TinyHost hostB = new TinyHost(thread, MAC_B);
  final CheckingStack stackA;
  final CheckingStack stackB;
  final Shell a;
  final Shell b;

  TwoGuests(ShellConfig config, Class<? extends NpaPlugin> plugin) {
    this(config, accepting(plugin));
  }

  /// A gate that lets this plugin in, whatever the package says.
  static PluginGate accepting(Class<? extends NpaPlugin> plugin) {
    return bytes -> new PluginGate.Answer(Verdict.accepted(Regions.load(plugin)), List.of());
  }

  TwoGuests(ShellConfig config, PluginGate gate) {
    this(config, gate, System::nanoTime);
  }

  TwoGuests(ShellConfig config, PluginGate gate, LongSupplier clock) {
    this.clock = clock;
    TinyHost.connect(hostA, hostB);
    int longest = config.mtu() + 14;
    stackA = new CheckingStack(MAC_A, longest);
    stackB = new CheckingStack(MAC_B, longest);
    a = boot(hostA, config, stackA, gate);
    b = boot(hostB, config, stackB, gate);
  }

  private Shell boot(TinyHost host, ShellConfig config, CheckingStack stack, PluginGate gate) {
    return Shell.boot(
        host.device.function(),
        host.memory,
        host.interrupts,
        config,
        stack,
        gate,
        Runnable::run,
        clock);
  }

  /// Both guests send, then everybody has one turn.
  void round(int frames) {
    stackA.send(a, MAC_B, frames);
    stackB.send(b, MAC_A, frames);
    turn();
  }

  private boolean turn() {
    boolean busy = thread.poll();
    busy |= a.poll();
    busy |= b.poll();
    return busy;
  }

  /// Turns until nobody has anything to do.
  void settle() {
    while (turn()) {
      // Frames are finite.
    }
  }
}
