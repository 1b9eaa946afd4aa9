// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

/// Sizes that bound the work of every later step. They are checked before ASM or the JDK sees a
/// byte, so no input can exhaust the parsers' stack or memory.
public final class Caps {
  public static final int CLASSES = 64;
  public static final int CLASS_BYTES = 256 * 1024;

  /// All classes of a plugin together: bounds the time that the gate takes, and its memory.
  public static final int PLUGIN_BYTES = 512 * 1024;

  /// All methods of a plugin together: what the analyses work on.
  public static final int PLUGIN_CODE_BYTES = 256 * 1024;

  public static final int CONSTANTS = 4095;
  public static final int UTF8_BYTES = 4096;
  public static final int FIELDS = 256;
  public static final int METHODS = 256;
  public static final int INTERFACES = 16;
  public static final int ATTRIBUTES = 64;
  public static final int EXCEPTION_HANDLERS = 256;

  /// HotSpot does not compile methods of more than 8000 bytes; half of that leaves room for
  /// metering and bounds the JIT.
  public static final int CODE_BYTES = 4000;

  public static final int LOCALS = 64;
  public static final int STACK = 64;

  /// A marker for everything longer than any honest driver's name.
  public static final int NAME_CHARS = 255;

  /// Whose classes are read. What the rewriter adds must not push an accepted class over a cap, so
  /// its output has room for the fuel's local, two operands, its constants, and twice the code.
  enum Author {
    VENDOR(0, 0, 0, 1),
    REWRITER(1, 2, 512, 2);

    private final int locals;
    private final int stack;
    private final int constants;
    private final int size;

    Author(int locals, int stack, int constants, int size) {
      this.locals = locals;
      this.stack = stack;
      this.constants = constants;
      this.size = size;
    }

    int locals() {
      return LOCALS + locals;
    }

    int stack() {
      return STACK + stack;
    }

    int constants() {
      return CONSTANTS + constants;
    }

    int codeBytes() {
      return CODE_BYTES * size;
    }

    int classBytes() {
      return CLASS_BYTES * size;
    }

    int pluginCodeBytes() {
      return PLUGIN_CODE_BYTES * size;
    }

    int pluginBytes() {
      return PLUGIN_BYTES * size;
    }
  }

  private Caps() {}
}
