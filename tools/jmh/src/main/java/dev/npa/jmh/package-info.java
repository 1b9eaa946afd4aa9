// SPDX-License-Identifier: MIT

/// The data path taken apart, with JMH and with clocks between the stages. Entry:
/// [dev.npa.jmh.PartsMain].
///
/// Runs on the class path, outside of the product's image: it looks into packages that the product
/// keeps closed, and loads plugins past the gate to compare with those that went through it.
package dev.npa.jmh;
