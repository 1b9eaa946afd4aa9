// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.read.PluginMethod;
import org.objectweb.asm.Opcodes;

/// Names of the things that several rules see, each from its side. Whichever rule is asked first
/// reports; what the others find becomes further places of the same refusal.
final class Cause {
  private Cause() {}

  /// A class outside the plugin's world: named, extended, made, called.
  static String foreignClass(String internalName) {
    return "class " + internalName;
  }

  /// A handler with all that comes with it: the classes it catches, code that only it reaches, the
  /// throw at its end. The handlers of a `synchronized` block are javac's.
  static String handler(PluginMethod method) {
    return method.has(Opcodes.MONITORENTER) ? MONITOR : "handler";
  }

  static final String MONITOR = "monitor";
}
