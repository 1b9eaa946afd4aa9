// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.Gate;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.trust.Trust;
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

  private final InstantSource clock;
  private final List<VerifiedPlugin> plugins = new ArrayList<>();
  private Trust trust;

  /// @param clock says when signatures must be valid
  public PluginStore(TrustAnchors anchors, InstantSource clock) {
    this(Trust.of(anchors), clock);
  }

  /// @param trust the operator's own
  /// @param clock says when signatures must be valid
  public PluginStore(Trust trust, InstantSource clock) {
    this.trust = trust;
    this.clock = clock;
  }

  /// Decides by another trust from now on: a newer bundle, another policy. Every plugin in the
  /// store is examined again, and those that are refused now leave it. Guests that run one keep it
  /// until it is detached.
  ///
  /// @return the plugins that left
  public synchronized List<VerifiedPlugin> trust(Trust other) {
    trust = other;
    List<VerifiedPlugin> left =
        plugins.stream().filter(plugin -> !isAccepted(plugin.packageBytes(), other)).toList();
    plugins.removeAll(left);
    return left;
  }

  private boolean isAccepted(byte[] pluginPackage, Trust by) {
    return Gate.admit(pluginPackage, by, clock.instant()).verdict()
        instanceof Verdict.Accepted<VerifiedPlugin>;
  }

  /// Runs the gate on a package and keeps the plugin if it passes.
  public Verdict<VerifiedPlugin> offer(byte[] pluginPackage) {
    while (true) {
      Trust by = trust();
      Verdict<VerifiedPlugin> verdict = Gate.admit(pluginPackage, by, clock.instant()).verdict();
      if (!(verdict instanceof Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin))
          || keep(plugin, by)) {
        return verdict;
      }
    }
  }

  private synchronized Trust trust() {
    return trust;
  }

  /// False if another trust has come while the gate was at work: then the verdict is worth nothing.
  @SuppressWarnings("ReferenceEquality") // Another trust, however alike, may be one more bundle.
  private synchronized boolean keep(VerifiedPlugin plugin, Trust by) {
    if (trust != by) {
      return false;
    }
    if (plugins.stream().noneMatch(known -> known.contentId().equals(plugin.contentId()))) {
      plugins.add(plugin);
    }
    return true;
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
