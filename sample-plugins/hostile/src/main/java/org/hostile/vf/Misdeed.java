// SPDX-License-Identifier: GPL-2.0-or-later
package org.hostile.vf;

/// The misdeeds by number.
final class Misdeed {
  /// Frames, sent and received together, before the misdeed.
  static final int AFTER = 3000;

  static final int NONE = 0;

  // What a call throws or returns.
  static final int BAD_INDEX = 1;
  static final int DIVIDE_BY_ZERO = 2;
  static final int NULL_REFERENCE = 3;
  static final int ENDLESS_LOOP = 4;
  static final int ABSURD_TX_ANSWER = 5;
  static final int ABSURD_CHECK_TX_ANSWER = 6;
  static final int ABSURD_CHECK_RX_ANSWER = 7;
  static final int ABSURD_REFILL_ANSWER = 8;
  static final int REFUSES_PLAIN_FRAMES = 9;

  // Calls of the shell.
  static final int INDICATES_OUTSIDE_CHECK_RX = 10;
  static final int INDICATES_UNBOUND_BUFFER = 11;
  static final int INDICATES_FOREIGN_ID = 12;
  static final int INDICATES_TWICE_IN_ONE_FRAME = 13;
  static final int INDICATES_EMPTY_FRAME = 14;
  static final int INDICATES_BEYOND_BUDGET = 15;
  static final int BINDS_BOUND_ID = 16;
  static final int COMPLETES_TWICE = 17;
  static final int COMPLETES_NEGATIVE = 18;
  static final int LOGS_AT_ABSURD_LEVEL = 19;

  // Registers.
  static final int WRITES_OUTSIDE_BAR = 20;
  static final int WRITES_UNALIGNED = 21;
  static final int DOORBELL_STORM = 22;
  static final int REGISTER_STORM = 23;
  static final int RESETS_FUNCTION = 24;
  static final int ABSURD_DOORBELL = 25;

  // What only the device knows.
  static final int FORGES_TX_ADDRESS = 26;
  static final int FORGES_RX_ADDRESS = 27;
  static final int COMPLETES_UNSENT = 28;
  static final int SENDS_AGAIN = 29;
  static final int SENDS_TOO_MUCH = 30;
  static final int SENDS_TOO_LITTLE = 31;
  static final int INDICATES_OLD_FRAMES = 32;
  static final int INDICATES_TOO_MUCH = 33;
  static final int INDICATES_TOO_LITTLE = 34;
  static final int NEVER_COMPLETES = 35;
  static final int NEVER_INDICATES = 36;
  static final int NEVER_REFILLS = 37;
  static final int NEVER_RINGS = 38;
  static final int NEVER_HAS_SPACE = 39;
  static final int THOUSAND_TIMES_TOO_SLOW = 40;
  static final int OVERLONG_DESCRIPTOR = 41;

  // Before there is traffic.
  static final int CONSTRUCTOR_FAILS = 42;
  static final int INIT_FAILS = 43;
  static final int INIT_EATS_MEMORY = 44;
  static final int RING_SETUP_FAILS = 45;

  private Misdeed() {}
}
