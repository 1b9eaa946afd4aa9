// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

/// What the strict reader read of one class file.
///
/// @param name the name the class gives itself
/// @param codeBytes of all its methods
/// @param stripped the class file again, without the attributes that nobody reads
public record RawClass(
    String name, int major, int minor, ConstantPool pool, int codeBytes, byte[] stripped) {}
