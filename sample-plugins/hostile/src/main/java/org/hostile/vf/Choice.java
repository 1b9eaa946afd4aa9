// SPDX-License-Identifier: GPL-2.0-or-later
package org.hostile.vf;

/// Which misdeed this package commits. As it is built, none.
final class Choice {
  private Choice() {}

  /// One of [Misdeed]'s numbers: the packager puts another constant in the place of this 0.
  static int misdeed() {
    return 0;
  }
}
