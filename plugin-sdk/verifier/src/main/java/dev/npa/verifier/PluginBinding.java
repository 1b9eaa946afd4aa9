// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.Optional;

/// The signed attribute that ties one signature to one plugin, version, generation and role, so
/// that a signature cannot be moved to stand for something else.
///
/// @param level what a certification grants: accepted or certified; empty for an origin
public record PluginBinding(
    String pluginId, String version, int generation, Role role, Optional<AcceptanceLevel> level) {

  /// What the signer vouches for.
  public enum Role {
    /// The vendor: this is our plugin.
    ORIGIN,
    /// The platform: we examined it, and grant it a level.
    CERTIFICATION
  }

  /// @throws IllegalArgumentException if `level` does not go with `role`
  public PluginBinding {
    boolean granted = level.filter(l -> l.compareTo(AcceptanceLevel.ACCEPTED) >= 0).isPresent();
    if (role == Role.CERTIFICATION ? !granted : level.isPresent()) {
      throw new IllegalArgumentException("a signature of role " + role + " grants " + level);
    }
  }

  /// The same plugin, version and generation.
  public boolean isAbout(PluginBinding other) {
    return pluginId.equals(other.pluginId)
        && version.equals(other.version)
        && generation == other.generation;
  }
}
