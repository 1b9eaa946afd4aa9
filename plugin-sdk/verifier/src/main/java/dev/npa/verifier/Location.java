// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Where in a package a refusal points. Names that a package chose are printable ASCII here.
public sealed interface Location {

  /// The package as a whole, or one byte range of it.
  record Package(String part) implements Location {
    public Package {
      part = Printable.brief(part);
    }

    @Override
    public String toString() {
      return part;
    }
  }

  /// One entry of the archive, or an attribute of the manifest.
  record Entry(String name) implements Location {
    public Entry {
      name = Printable.brief(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// A member of a class: a field, or a method as a whole. An empty name stands for the class.
  record Member(String owner, String name, String descriptor) implements Location {
    public Member {
      owner = Printable.brief(owner);
      name = Printable.brief(name);
      descriptor = Printable.brief(descriptor);
    }

    @Override
    public String toString() {
      return name.isEmpty() ? owner : owner + "." + name + descriptor;
    }
  }

  /// One instruction of a method.
  ///
  /// @param index position among the method's instructions, from 0
  /// @param source `File.java:line`, or empty where the class file does not say
  record Instruction(String owner, String name, String descriptor, int index, String source)
      implements Location {
    public Instruction {
      owner = Printable.brief(owner);
      name = Printable.brief(name);
      descriptor = Printable.brief(descriptor);
      source = Printable.brief(source);
    }

    /// The method that the instruction is in.
    public Member method() {
      return new Member(owner, name, descriptor);
    }

    @Override
    public String toString() {
      String at = owner + "." + name + descriptor + "@" + index;
      return source.isEmpty() ? at : at + " (" + source + ")";
    }
  }
}
