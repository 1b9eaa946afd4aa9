// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.world.AllowList;
import org.objectweb.asm.ClassWriter;

/// Writes a class from scratch, stack maps included, and loads none to do so: where two types meet,
/// the common one is Object, because no class in this world has another superclass.
final class ClosedWorldWriter extends ClassWriter {
  ClosedWorldWriter() {
    super(COMPUTE_FRAMES);
  }

  @Override
  protected String getCommonSuperClass(String type1, String type2) {
    return AllowList.OBJECT;
  }
}
