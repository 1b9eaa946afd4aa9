// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import dev.npa.verifier.bytecode.read.Plugin;
import org.objectweb.asm.Type;

/// What exists for a plugin: itself, the allow-list, and in rewritten code the meter.
///
/// @param rewritten whether `plugin` is the rewriter's output, which may name the meter
public record World(Plugin plugin, boolean rewritten) {

  private static final int ARRAY_DIMENSIONS = 3;

  /// A class, or array of one, that the constant pool may name.
  public boolean mayNameClass(String name) {
    if (name.startsWith("[")) {
      return isPluginType(Type.getObjectType(name));
    }
    return plugin.owns(name)
        || AllowList.mayName(name)
        || rewritten && (name.equals(meter()) || name.equals(Meter.EXHAUSTED));
  }

  /// A type that the plugin's own fields and methods may have: primitives, its own classes, SDK
  /// classes, and arrays of them. Not String, Object or an interface: HotSpot's verifier takes an
  /// interface type for Object.
  public boolean isPluginType(Type type) {
    return switch (type.getSort()) {
      case Type.ARRAY ->
          type.getDimensions() <= ARRAY_DIMENSIONS && isPluginType(type.getElementType());
      case Type.OBJECT ->
          plugin.owns(type.getInternalName()) || AllowList.isSdkType(type.getInternalName());
      case Type.METHOD -> false;
      default -> true;
    };
  }

  /// A member that inserted code uses.
  public boolean isInserted(String owner, String name, String descriptor) {
    if (!rewritten) {
      return false;
    }
    if (owner.equals(Meter.EXHAUSTED)) {
      return name.equals(Meter.EXHAUSTED_METHOD) && descriptor.equals(Meter.EXHAUSTED_DESCRIPTOR);
    }
    return owner.equals(meter())
        && switch (name) {
          case Meter.FUEL_FIELD -> descriptor.equals("I");
          case Meter.ARRAY_METHOD -> descriptor.equals(Meter.ARRAY_DESCRIPTOR);
          case Meter.OBJECT_METHOD -> descriptor.equals(Meter.OBJECT_DESCRIPTOR);
          default -> false;
        };
  }

  public String meter() {
    return Meter.nameFor(plugin.entryName());
  }
}
