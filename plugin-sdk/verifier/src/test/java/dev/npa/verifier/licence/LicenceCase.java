// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.LicensedPlugin;
import dev.npa.verifier.PluginArchive;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignedPlugin;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.Samples;
import java.util.List;

/// A signed package, and what the licence stage must say to it.
///
/// @param rules those it must be refused by, and no others; none if it must be accepted
/// @param place what the location of the first refusal contains
public record LicenceCase(
    String group,
    String name,
    LicencePolicy policy,
    List<RuleId> rules,
    String place,
    byte[] bytes) {

  static LicenceCase accepted(String group, String name, byte[] bytes) {
    return new LicenceCase(group, name, LicencePolicy.GPL, List.of(), "", bytes);
  }

  static LicenceCase refused(
      String group, String name, byte[] bytes, String place, RuleId... rules) {
    return new LicenceCase(group, name, LicencePolicy.GPL, List.of(rules), place, bytes);
  }

  LicenceCase compatible() {
    return new LicenceCase(group, name, LicencePolicy.COMPATIBLE, rules, place, bytes);
  }

  Verdict<LicensedPlugin> offer() {
    return SignedPlugin.check(bytes, Samples.ANCHORS, Samples.NOW)
        .then(PluginArchive::read)
        .then(archive -> LicensedPlugin.check(archive, policy));
  }

  @Override
  public String toString() {
    return group + ": " + name + " (" + policy + ")";
  }
}
