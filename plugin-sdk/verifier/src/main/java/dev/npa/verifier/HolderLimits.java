// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.trust.Holder;
import java.util.ArrayList;
import java.util.List;

/// Whether a package keeps within what its signers' certificates allow: whose devices it claims,
/// where its classes lie. Limits of several certificates all apply.
final class HolderLimits {

  private HolderLimits() {}

  static List<Refusal> check(PluginArchive archive, List<Holder> holders) {
    List<Refusal> refusals = new ArrayList<>();
    for (Holder holder : holders) {
      for (DeviceId id : archive.manifest().deviceIds()) {
        if (!holder.maySignFor(id.vendor())) {
          refusals.add(
              refusal(
                  RuleId.P019_FOREIGN_DEVICE,
                  PackageFormat.MANIFEST + " " + PackageFormat.DEVICE_IDS,
                  id + " is not a device of " + holder.name()));
        }
      }
      for (String name : archive.classes().keySet()) {
        if (!holder.maySignClass(name)) {
          refusals.add(
              refusal(
                  RuleId.P018_FOREIGN_PACKAGE,
                  name + ".class",
                  holder.name() + " may sign below " + String.join(", ", holder.packages())));
        }
      }
    }
    return refusals.stream().distinct().toList();
  }

  private static Refusal refusal(RuleId rule, String entry, String detail) {
    return new Refusal(
        rule,
        new Location.Entry(entry),
        detail,
        "have a certificate issued for it, or let its owner sign");
  }
}
