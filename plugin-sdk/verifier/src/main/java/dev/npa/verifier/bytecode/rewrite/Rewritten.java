// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Classes that were written, and where their instructions come from.
///
/// @param classes by name
public record Rewritten(SortedMap<String, byte[]> classes, Certificate.Origins origins) {

  /// Nothing was written.
  public static final Rewritten NONE =
      new Rewritten(
          Collections.emptySortedMap(),
          new Certificate.Origins() {
            @Override
            public Optional<PluginMethod> method(PluginMethod written) {
              return Optional.empty();
            }

            @Override
            public int instruction(PluginMethod written, int index) {
              throw new IllegalArgumentException("no origin of " + written);
            }
          });

  /// @param instructions for each of the vendor's methods and each instruction of what was written
  ///   from it, the vendor's that stands there or follows
  record FromVendor(Plugin vendor, Map<PluginMethod, int[]> instructions)
      implements Certificate.Origins {

    @Override
    public Optional<PluginMethod> method(PluginMethod written) {
      return vendor
          .method(written.owner().name(), written.name(), written.descriptor())
          .filter(origin -> instructions.get(origin).length == written.code().size());
    }

    @Override
    public int instruction(PluginMethod written, int index) {
      return instructions.get(method(written).orElseThrow())[index];
    }
  }
}
