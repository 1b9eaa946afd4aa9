// SPDX-License-Identifier: MIT

/// Package format, signature, licence and bytecode: the gate.
module dev.npa.verifier {
  requires dev.npa.plugin;
  requires org.objectweb.asm;
  requires org.objectweb.asm.tree;
  requires org.objectweb.asm.tree.analysis;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.util;
  requires org.slf4j;

  exports dev.npa.verifier;
  exports dev.npa.verifier.bytecode;
  exports dev.npa.verifier.licence;
  exports dev.npa.verifier.packaging;
  exports dev.npa.verifier.trust;
}
