// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

/// Whether a loop was found to count, and if not, what stands in the way.
sealed interface Trips {

  /// Each time the loop is entered its header runs at most this often.
  record AtMost(long rounds) implements Trips {}

  /// Ordered by how close to a proof the attempt got.
  enum Unknown implements Trips {
    NOT_ASKED("proved in the vendor's code, but not in the code that runs"),
    NO_TEST("no test that every round passes leaves the loop"),
    NOT_A_NUMBER("the test that leaves the loop is not about a local variable that counts"),
    NO_STEP("the local variable that is tested changes by other than constants"),
    NO_PROGRESS("the local variable that is tested does not come closer to the limit each round"),
    CHANGING_LIMIT("the loop ends at one number only, and may step over it"),
    OVERFLOW("the counter or its limit is not known to stay in range"),
    NEVER_AGAIN(
        "no second round is ever reached with the values that this plugin computes, so what ends it"
            + " was not looked for");

    private final String reason;

    Unknown(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
