// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// How long one stage of the gate took.
public record StageTiming(Stage stage, long nanos) {

  /// The gate's stages, in order.
  public enum Stage {
    SIGNATURE,
    PACKAGE,
    LICENCE,
    BYTECODE
  }
}
