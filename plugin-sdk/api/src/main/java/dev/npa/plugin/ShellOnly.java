// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a public member of this package that belongs to the shell's side of the contract.
///
/// The verifier's allow-list holds every public member of this package but these, so a plugin that
/// refers to one is refused before it is loaded.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ShellOnly {}
