// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.shell.region.Ungated;
import dev.npa.testbed.SamplePlugin;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

/// The sample plugin with a clock around those calls that are made once per burst.
///
/// All instances share the clocks: one thread, and only one guest's calls matter at a time.
public final class TimedPlugin implements NpaPlugin {
  static long checkRxNanos;
  static long checkTxNanos;
  static long addBuffersNanos;

  private final NpaPlugin plugin;

  /// Called by the shell.
  public TimedPlugin() throws IOException, InvocationTargetException {
    SamplePlugin sample = SamplePlugin.fromImage(Path.of(System.getProperty("npa.image")));
    plugin = Ungated.raw(sample.entryClass(), sample.classes()).newInstance();
  }

  static void reset() {
    checkRxNanos = 0;
    checkTxNanos = 0;
    addBuffersNanos = 0;
  }

  @Override
  public int swInit(PluginState ps) {
    return plugin.swInit(ps);
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    return plugin.reinitRxRing(ps, queue);
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    return plugin.reinitTxRing(ps, queue);
  }

  @Override
  public int enableInterrupt(PluginState ps, int intrIdx) {
    return plugin.enableInterrupt(ps, intrIdx);
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    return plugin.disableInterrupt(ps, intrIdx);
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
    return plugin.addFrameToTxRing(ps, queue, info, sgl, lastPktHint);
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    long start = System.nanoTime();
    int frames = plugin.checkTxRing(ps, queue);
    checkTxNanos += System.nanoTime() - start;
    return frames;
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    long start = System.nanoTime();
    int frames = plugin.checkRxRing(ps, queue, maxPkts);
    checkRxNanos += System.nanoTime() - start;
    return frames;
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    long start = System.nanoTime();
    int answer = plugin.addBuffersToRxRing(ps, queue);
    addBuffersNanos += System.nanoTime() - start;
    return answer;
  }
}
