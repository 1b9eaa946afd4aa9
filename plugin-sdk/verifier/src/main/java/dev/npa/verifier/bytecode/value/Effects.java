// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.List;

/// What executing a method means for the rest of the plugin.
interface Effects {

  /// A call of an own method, receiver first.
  void called(PluginMethod callee, List<Value> arguments);

  void returned(Value value);

  /// A store to a field, other than a constructor's to the object it constructs.
  void stored(String field, Value value);

  /// An object of this class can be seen before it is complete, or its final fields changed after.
  void escapes(String owner);

  /// A constructor is done.
  void constructed(State state);

  Effects NONE =
      new Effects() {
        @Override
        public void called(PluginMethod callee, List<Value> arguments) {
          // Not asked for.
        }

        @Override
        public void returned(Value value) {
          // Not asked for.
        }

        @Override
        public void stored(String field, Value value) {
          // Not asked for.
        }

        @Override
        public void escapes(String owner) {
          // Not asked for.
        }

        @Override
        public void constructed(State state) {
          // Not asked for.
        }
      };
}
