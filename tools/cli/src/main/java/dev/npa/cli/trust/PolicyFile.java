// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.keys.Algorithms;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// What the owner of a host demands of packages, as text: `minimum-level = accepted`, `require =
/// EC-P384,ML-DSA-65`. Each line at most once, and nothing else.
final class PolicyFile {
  private PolicyFile() {}

  static TrustPolicy parse(String file, String text, TrustPolicy standard) throws IOException {
    TrustPolicy policy = standard;
    Set<String> seen = new HashSet<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? line : line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      if (!seen.add(name)) {
        throw new IOException(file + ": " + name + " is there twice");
      }
      policy =
          switch (name) {
            case "minimum-level" -> policy.atLeast(level(file, value));
            case "require" -> policy.requiring(Algorithms.parse(file + ": require", value));
            default -> throw new IOException(file + ": not minimum-level or require: " + line);
          };
    }
    return policy;
  }

  private static AcceptanceLevel level(String file, String value) throws IOException {
    for (AcceptanceLevel level : AcceptanceLevel.values()) {
      if (level.label().equals(value)) {
        return level;
      }
    }
    throw new IOException(file + ": no such level: " + value);
  }
}
