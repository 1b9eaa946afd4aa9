// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// The signed attribute that ties one signature to one plugin, version, generation and role, so
/// that a signature cannot be moved to stand for something else.
///
/// ```
/// NpaBinding ::= SEQUENCE { v INTEGER (1), pluginId UTF8String, version UTF8String,
///                           generation INTEGER, role ENUMERATED { origin(0), certification(1) } }
/// ```
public record PluginBinding(String pluginId, String version, int generation, Role role) {

  /// What the signer vouches for.
  public enum Role {
    /// The vendor: this is our plugin.
    ORIGIN,
    /// The platform: we tested it. Granted by no certificate policy yet, so not accepted yet.
    CERTIFICATION
  }
}
