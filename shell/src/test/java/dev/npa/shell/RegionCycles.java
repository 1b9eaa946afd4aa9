// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.region.Regions;
import dev.npa.verifier.Verdict;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.kawela.vf.KawelaPlugin;

/// Attaches and detaches functions with traffic on them, as the mode switch does.
public final class RegionCycles {
  private RegionCycles() {}

  /// @return the loaders of the regions that came and went
  public static List<WeakReference<ClassLoader>> run(int cycles) {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    TwoGuests guests =
        new TwoGuests(
            ShellConfig.ofMtu(1500),
            bytes -> {
              LoadedPlugin loaded = Regions.load(KawelaPlugin.class);
              loaders.add(new WeakReference<>(loaderOf(loaded)));
              return new PluginGate.Answer(Verdict.accepted(loaded), List.of());
            });
    for (int i = 0; i < cycles; i++) {
      guests.hostA.attach();
      untilIn(guests, ShellMode.PASSTHROUGH);
      guests.round(4);
      guests.hostA.detach();
      untilIn(guests, ShellMode.EMULATED);
    }
    return loaders;
  }

  private static void untilIn(TwoGuests guests, ShellMode mode) {
    for (int i = 0; i < 1000 && guests.a.mode() != mode; i++) {
      guests.round(1);
    }
    if (guests.a.mode() != mode) {
      throw new AssertionError("not in mode " + mode + " but " + guests.a.mode());
    }
  }

  private static ClassLoader loaderOf(LoadedPlugin loaded) {
    try {
      return loaded.newInstance().getClass().getClassLoader();
    } catch (InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }
}
