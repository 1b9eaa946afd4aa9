// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.Gate;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.trust.TrustAnchors;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The operator's plugins. What is in here has passed the gate with the operator's own trust
/// anchors; the shell runs the gate again with the guest's. Thread-safe.
///
/// The gate accepts API version 1 only, so that it need not be compared when a plugin is chosen.
public final class PluginStore {
  private static final Comparator<VerifiedPlugin> BY_VERSION =
      Comparator.comparing(plugin -> numbers(plugin.version()), Arrays::compare);

  private final TrustAnchors anchors;
  private final InstantSource clock;
  private final List<VerifiedPlugin> plugins = new ArrayList<>();

  /// @param clock says when signatures must be valid
  public PluginStore(TrustAnchors anchors, InstantSource clock) {
    this.anchors = anchors;
    this.clock = clock;
  }

  /// Runs the gate on a package and keeps the plugin if it passes.
  public Verdict<VerifiedPlugin> offer(byte[] pluginPackage) {
    return Gate.admit(pluginPackage, anchors, clock.instant()).verdict().then(this::keep);
  }

  private synchronized Verdict<VerifiedPlugin> keep(VerifiedPlugin plugin) {
    if (plugins.stream().noneMatch(known -> known.contentId().equals(plugin.contentId()))) {
      plugins.add(plugin);
    }
    return Verdict.accepted(plugin);
  }

  /// What is in the store, in the order it came.
  public synchronized List<VerifiedPlugin> plugins() {
    return List.copyOf(plugins);
  }

  /// The newest plugin for a device; of equal versions the first that came.
  public synchronized Optional<VerifiedPlugin> choose(DeviceId device) {
    return plugins.stream()
        .filter(plugin -> plugin.deviceIds().contains(device))
        .reduce((best, next) -> BY_VERSION.compare(next, best) > 0 ? next : best);
  }

  /// The gate made sure that a version is numbers joined by dots.
  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
