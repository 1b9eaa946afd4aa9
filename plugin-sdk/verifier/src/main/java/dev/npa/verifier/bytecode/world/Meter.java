// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

/// The one class that the rewriter adds to a plugin, and how inserted code uses it. It holds the
/// two budgets of the instance; a region has its own copy, so two functions share nothing.
///
/// Fuel is in bytecodes, filled at each call of an entry point and carried in a local variable
/// inside methods with metered loops. Memory is in bytes and never filled again.
public final class Meter {
  public static final String SUFFIX = "$NpaMeter";

  /// Fuel of one call of an entry point, in bytecodes.
  public static final int FUEL = 1 << 24;

  /// What constructor and swInit may allocate together, in bytes.
  public static final int HEAP_BYTES = 8 << 20;

  /// Longest array: twice what a ring of 4096 needs for two ids each. Lets loops over
  /// `array.length` be proved.
  public static final int ARRAY_ELEMENTS = 1 << 14;

  /// `static int`: fuel left.
  public static final String FUEL_FIELD = "fuel";

  /// `static int array(int length, int elementBytes)`: charges and returns `length`.
  public static final String ARRAY_METHOD = "array";

  public static final String ARRAY_DESCRIPTOR = "(II)I";

  /// `static void object(int bytes)`: charges.
  public static final String OBJECT_METHOD = "object";

  public static final String OBJECT_DESCRIPTOR = "(I)V";

  /// The SDK's error, which only inserted code names.
  public static final String EXHAUSTED = "dev/npa/plugin/FuelExhausted";

  public static final String EXHAUSTED_METHOD = "instance";
  public static final String EXHAUSTED_DESCRIPTOR = "()Ldev/npa/plugin/FuelExhausted;";

  private Meter() {}

  public static String nameFor(String entryName) {
    return entryName + SUFFIX;
  }
}
