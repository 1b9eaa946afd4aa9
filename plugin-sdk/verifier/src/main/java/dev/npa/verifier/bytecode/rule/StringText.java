// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;

/// Strings are short printable ASCII: they end in somebody's log.
final class StringText implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B030_STRING_TEXT;
  }

  private static final int CHARS = 120;

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      for (String text : c.raw().pool().strings()) {
        if (text.length() > CHARS || !text.chars().allMatch(ch -> ch >= ' ' && ch <= '~')) {
          for (Location where : c.uses().ofString(text)) {
            String detail = "the string '" + text + "'";
            out.add(id(), where, detail, "use at most 120 printable ASCII characters");
          }
        }
      }
    }
  }
}
