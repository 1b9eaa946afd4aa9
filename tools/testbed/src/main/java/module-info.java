// SPDX-License-Identifier: MIT

/// The composition root: the only module that knows both the hypervisor and the shell.
module dev.npa.testbed {
  requires java.management;
  requires jdk.management;
  requires org.objectweb.asm;
  requires org.objectweb.asm.commons;
  requires transitive dev.npa.hypervisor;
  requires transitive dev.npa.nic;
  requires transitive dev.npa.shell;
  requires transitive dev.npa.verifier;

  exports dev.npa.testbed;
}
