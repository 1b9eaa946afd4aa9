// SPDX-License-Identifier: MIT

/// The guest's driver: one that never changes, whatever the NIC.
module dev.npa.shell {
  requires transitive dev.npa.nic;
  requires transitive dev.npa.verifier;
  requires dev.npa.plugin;
  requires org.slf4j;

  exports dev.npa.shell;
  exports dev.npa.shell.guest;
}
