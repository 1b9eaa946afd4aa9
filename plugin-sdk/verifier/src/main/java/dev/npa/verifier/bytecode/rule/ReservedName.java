// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.List;

/// A plugin lives in its vendor's packages, not in the platform's or the SDK's, and leaves the name
/// of the meter to the rewriter.
final class ReservedName implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B009_RESERVED_NAME;
  }

  private static final List<String> RESERVED =
      List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "dev/npa/");

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      if (RESERVED.stream().anyMatch(c.name()::startsWith) || c.name().endsWith(Meter.SUFFIX)) {
        out.add(
            id(), c.here(), "the name is reserved", "put the class in a package of the vendor's");
      }
    }
  }
}
