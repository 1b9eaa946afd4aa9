// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that is offered to the gates before the bytecode gate: what they must refuse, by the class
/// that lists it, and what they must accept.
public final class PackageFixtures {

  private static final Map<String, List<Attack>> ATTACKS = attackGroups();
  private static final List<Neighbour> NEIGHBOURS =
      Stream.of(
              SignatureNeighbours.all(),
              TrustNeighbours.all(),
              PackageNeighbours.all(),
              LicenceNeighbours.all())
          .flatMap(neighbours -> neighbours)
          .toList();

  private PackageFixtures() {}

  private static Map<String, List<Attack>> attackGroups() {
    Map<String, List<Attack>> groups = new TreeMap<>();
    groups.put("SignatureAttacks", SignatureAttacks.all().toList());
    groups.put("DerAttacks", DerAttacks.all().toList());
    groups.put("SignerAttacks", SignerAttacks.all().toList());
    groups.put("TimestampAttacks", TimestampAttacks.all().toList());
    groups.put("TrustAttacks", TrustAttacks.all().toList());
    groups.put("JarSignatureAttacks", JarSignatureAttacks.all().toList());
    groups.put("ArchiveAttacks", ArchiveAttacks.all().toList());
    groups.put("ManifestAttacks", ManifestAttacks.all().toList());
    groups.put("LicenceAttacks", LicenceAttacks.all().toList());
    return groups;
  }

  static Map<String, List<Attack>> groups() {
    return ATTACKS;
  }

  static List<Attack> attacks() {
    return ATTACKS.values().stream().flatMap(List::stream).toList();
  }

  static List<Neighbour> neighbours() {
    return NEIGHBOURS;
  }

  /// The rules that the attacks of one class are refused by; none if there is no such class.
  public static Set<RuleId> refusedIn(String group) {
    return ATTACKS.getOrDefault(group, List.of()).stream()
        .map(Attack::rule)
        .collect(Collectors.toSet());
  }

  /// How many packages and bundles are offered in all.
  public static int count() {
    return attacks().size() + NEIGHBOURS.size();
  }
}
