// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.Gate;
import dev.npa.verifier.LicensedPlugin;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import dev.npa.verifier.trust.TrustInForce;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The operator's plugins. What is in here has passed the gate with the operator's own trust
/// anchors; the shell runs the gate again with the guest's. Thread-safe.
///
/// The gate runs on the caller's thread and under no lock, so that the device thread never waits
/// for it. The gate accepts API version 1 only, so that it need not be compared when a plugin is
/// chosen.
public final class PluginStore {
  private static final Comparator<VerifiedPlugin> BY_VERSION =
      Comparator.comparing(plugin -> numbers(plugin.version()), Arrays::compare);

  private final TrustInForce trust;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<VerifiedPlugin> plugins = List.of();

  /// @param clock says when signatures must be valid
  public PluginStore(TrustAnchors anchors, InstantSource clock) {
    this(Trust.of(anchors), clock);
  }

  /// @param trust the operator's own
  /// @param clock says when signatures must be valid
  public PluginStore(Trust trust, InstantSource clock) {
    this.trust = new TrustInForce(trust, clock);
  }

  /// The trust by which it is decided now.
  public Trust trust() {
    return trust.trust();
  }

  /// Takes a newer bundle of the platform's, checked against the operator's anchors and the bundle
  /// in force; if it is refused, nothing changes. Every plugin in the store is examined again, and
  /// those that are refused now leave it. Guests that run one lose their function before this
  /// returns, and go on in emulated mode.
  public Verdict<TrustBundle> update(byte[] signedBundle) {
    long before = trust.edition();
    Verdict<TrustBundle> verdict = trust.update(signedBundle);
    if (trust.edition() != before) {
      changed();
    }
    return verdict;
  }

  /// Decides by another trust from now on, as [#update]: what the operator enrols or denies,
  /// another policy.
  ///
  /// @return the plugins that left
  public List<VerifiedPlugin> trust(Trust other) {
    trust.replace(other);
    return changed();
  }

  /// A trust that decides nothing, its bundle being out of date, is no reason to forget a plugin:
  /// the next bundle may admit it again. Until then none is chosen.
  private List<VerifiedPlugin> changed() {
    List<VerifiedPlugin> left = List.of();
    if (trust.trust().objection(trust.now()).isEmpty()) {
      left = kept().stream().filter(plugin -> !isAdmitted(plugin)).toList();
      remove(left);
    }
    listeners.forEach(Runnable::run);
    return left;
  }

  /// Runs something on the thread that changes the trust, after each change.
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// What the operator's trust says by now about a package that was admitted before.
  Verdict<LicensedPlugin> recheck(byte[] pluginPackage) {
    return Gate.recheck(pluginPackage, trust.trust(), trust.now());
  }

  private boolean isAdmitted(VerifiedPlugin plugin) {
    return recheck(plugin.packageBytes()) instanceof Verdict.Accepted<LicensedPlugin>;
  }

  /// Runs the gate on a package and keeps the plugin if it passes.
  public Verdict<VerifiedPlugin> offer(byte[] pluginPackage) {
    while (true) {
      long edition = trust.edition();
      Verdict<VerifiedPlugin> verdict =
          Gate.admit(pluginPackage, trust.trust(), trust.now()).verdict();
      if (!(verdict instanceof Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin))
          || keep(plugin, edition)) {
        return verdict;
      }
    }
  }

  /// False if another trust has come while the gate was at work: then the verdict is worth nothing.
  /// One that comes later finds the plugin here and examines it.
  private synchronized boolean keep(VerifiedPlugin plugin, long edition) {
    if (trust.edition() != edition) {
      return false;
    }
    if (plugins.stream().noneMatch(known -> known.contentId().equals(plugin.contentId()))) {
      List<VerifiedPlugin> more = new ArrayList<>(plugins);
      more.add(plugin);
      plugins = List.copyOf(more);
    }
    return true;
  }

  /// With what comes in by a verdict from before a change, if the change came later.
  private synchronized List<VerifiedPlugin> kept() {
    return plugins;
  }

  private synchronized void remove(List<VerifiedPlugin> some) {
    plugins = plugins.stream().filter(plugin -> !some.contains(plugin)).toList();
  }

  /// What is in the store, in the order it came.
  public List<VerifiedPlugin> plugins() {
    return plugins;
  }

  /// Whether a plugin that was chosen is still here.
  boolean holds(VerifiedPlugin plugin) {
    return plugins.contains(plugin);
  }

  /// The newest plugin for a device that the gate admits as of now; of equal versions the first
  /// that came. Runs the gate: not for the device thread.
  public Optional<VerifiedPlugin> choose(DeviceId device) {
    return plugins.stream()
        .filter(plugin -> plugin.deviceIds().contains(device))
        .sorted(BY_VERSION.reversed())
        .filter(this::isAdmitted)
        .findFirst();
  }

  /// The gate made sure that a version is numbers joined by dots.
  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
