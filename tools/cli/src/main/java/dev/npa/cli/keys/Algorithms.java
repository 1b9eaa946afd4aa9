// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.UsageException;
import dev.npa.verifier.SignatureAlgorithm;
import java.util.EnumSet;
import java.util.Set;

/// Signature algorithms as the command line names them: labels joined by commas.
public final class Algorithms {
  private Algorithms() {}

  public static Set<SignatureAlgorithm> parse(String option, String text) {
    Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    for (String label : text.split(",", -1)) {
      algorithms.add(
          SignatureAlgorithm.ofLabel(label.strip())
              .orElseThrow(
                  () ->
                      new UsageException(
                          option + " " + label + " is neither EC-P384 nor ML-DSA-65")));
    }
    return algorithms;
  }
}
