// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a call costs at most, in bytecodes of the plugin's that take about as long.
///
/// The verifier adds it up to the cost bound of each entry point, and holds its own copy, so that a
/// changed SDK changes no proof; a test compares the two.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cost {
  /// Bytecodes, `>= 1`.
  int value();
}
