// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Where a number lies: the result of a method, or what the shell passes for a parameter of an
/// entry point. The constructors of this package and the shell make it true.
///
/// The verifier proves from it that loops end and indexes are inside. It holds its own copy, which
/// a test compares.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface Range {
  /// Smallest value.
  long min();

  /// Largest value.
  long max();
}
