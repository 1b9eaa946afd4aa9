// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.List;
import java.util.Optional;

/// What a plugin says about itself in its manifest. A value, not a proof: anyone can make one.
///
/// @param pluginId lower-case words joined by `.` or `-`, at most 64 characters
/// @param version three decimal numbers, `1.4.2`
/// @param generation 1 to 999999999; raised by the vendor when older packages must no longer load
/// @param entryClass binary name of the class that implements the plugin contract, `a.b.Plugin`
/// @param deviceIds the virtual functions it drives, 1 to 32, ascending, none twice
/// @param licence SPDX expression as written, not examined yet
/// @param source where the corresponding source is, not examined yet
public record PluginManifest(
    String pluginId,
    String version,
    int generation,
    String entryClass,
    List<DeviceId> deviceIds,
    Optional<String> licence,
    Optional<String> source) {

  public PluginManifest {
    deviceIds = List.copyOf(deviceIds);
  }

  /// The entry class as class files spell it, `a/b/Plugin`.
  public String entryClassInternalName() {
    return entryClass.replace('.', '/');
  }

  /// What the vendor's signature on this plugin has to say.
  public PluginBinding originBinding() {
    return new PluginBinding(
        pluginId, version, generation, PluginBinding.Role.ORIGIN, Optional.empty());
  }

  /// What the platform's signature on this plugin has to say.
  ///
  /// @throws IllegalArgumentException if nobody certifies that level
  public PluginBinding certificationBinding(AcceptanceLevel level) {
    return new PluginBinding(
        pluginId, version, generation, PluginBinding.Role.CERTIFICATION, Optional.of(level));
  }
}
