// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// Ends an entry point that used up its budget of instructions or of memory.
///
/// The verifier inserts the only code that can throw it; a plugin cannot name it, and as plugins
/// have no exception handlers, cannot catch it. There is one instance without a stack trace, so
/// that running out costs nothing, whoever runs out however often. The shell treats it as a fault.
@ShellOnly
public final class FuelExhausted extends Error {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace to be wrong
  private static final FuelExhausted INSTANCE = new FuelExhausted();

  private FuelExhausted() {
    super("a plugin exceeded its budget", null, false, false);
  }

  /// What inserted code throws.
  @ShellOnly
  public static FuelExhausted instance() {
    return INSTANCE;
  }
}
