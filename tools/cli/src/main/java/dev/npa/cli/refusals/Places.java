// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.verifier.Location;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/// Locations in the words of source code.
public final class Places {
  private Places() {}

  /// `com.acme.XgPlugin.tune(RxQueue)`, or what the location says where it names no method.
  public static String method(Location location) {
    return switch (location) {
      case Location.Instruction at -> method(at.method());
      case Location.Member member when member.name().isEmpty() -> member.owner().replace('/', '.');
      case Location.Member member ->
          member.owner().replace('/', '.') + "." + member.name() + parameters(member.descriptor());
      case Location.Package part -> part.part();
      case Location.Entry entry -> entry.name();
    };
  }

  /// `XgPlugin.tune:118`, without the line where it is not known.
  public static String brief(Location location) {
    return switch (location) {
      case Location.Instruction at -> {
        int line = line(at);
        String name = simple(at.owner()) + "." + at.name();
        yield line > 0 ? name + ":" + line : name + "@" + at.index();
      }
      case Location.Member member when member.name().isEmpty() -> member.owner().replace('/', '.');
      case Location.Member member -> simple(member.owner()) + "." + member.name();
      case Location.Package part -> part.part();
      case Location.Entry entry -> entry.name();
    };
  }

  /// The source line, or 0 where it is not known.
  static int line(Location.Instruction at) {
    int colon = at.source().lastIndexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(at.source(), colon + 1, at.source().length(), 10);
  }

  /// Path of the source file below a source root, `com/acme/XgPlugin.java`; empty where the class
  /// file does not say.
  static String sourceFile(Location.Instruction at) {
    int colon = at.source().lastIndexOf(':');
    String owner = at.owner();
    return colon < 0
        ? ""
        : owner.substring(0, owner.lastIndexOf('/') + 1) + at.source().substring(0, colon);
  }

  private static String simple(String owner) {
    return owner.substring(owner.lastIndexOf('/') + 1);
  }

  /// A field's descriptor says nothing here; one that is malformed is shown as it is.
  private static String parameters(String descriptor) {
    if (!descriptor.startsWith("(")) {
      return "";
    }
    try {
      return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
          .map(ClassDesc::displayName)
          .collect(Collectors.joining(", ", "(", ")"));
    } catch (IllegalArgumentException malformed) {
      return descriptor;
    }
  }
}
