// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.SignatureAlgorithm;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What the party that runs the gate demands of every package. There is no way around it: neither a
/// package nor a command can relax it.
///
/// @param requiredAlgorithms every role that signs must have signed with each of these; at least
///   one
/// @param minimumLevel packages below are refused
/// @param lowestBundleSerial trust bundles with a lower serial number are refused; above 0, having
///   none is refused too. Whoever takes a bundle writes its serial number here, so that it never
///   goes back
public record TrustPolicy(
    Set<SignatureAlgorithm> requiredAlgorithms,
    AcceptanceLevel minimumLevel,
    long lowestBundleSerial) {

  /// One P-384 signature by a vendor whom the platform knows; a trust bundle is not demanded.
  public static final TrustPolicy STANDARD =
      new TrustPolicy(Set.of(SignatureAlgorithm.EC_P384), AcceptanceLevel.PARTNER, 0);

  /// @throws IllegalArgumentException if no algorithm is required, or the serial number is negative
  public TrustPolicy {
    if (requiredAlgorithms.isEmpty()) {
      throw new IllegalArgumentException("a policy that requires no signature");
    }
    if (lowestBundleSerial < 0) {
      throw new IllegalArgumentException("serial number " + lowestBundleSerial + " < 0");
    }
    requiredAlgorithms = Collections.unmodifiableSet(EnumSet.copyOf(requiredAlgorithms));
  }

  public TrustPolicy requiring(Set<SignatureAlgorithm> algorithms) {
    return new TrustPolicy(algorithms, minimumLevel, lowestBundleSerial);
  }

  public TrustPolicy atLeast(AcceptanceLevel level) {
    return new TrustPolicy(requiredAlgorithms, level, lowestBundleSerial);
  }

  /// @param serial the highest serial number ever taken
  public TrustPolicy notBefore(long serial) {
    return new TrustPolicy(requiredAlgorithms, minimumLevel, serial);
  }
}
