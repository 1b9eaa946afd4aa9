// SPDX-License-Identifier: MIT

/// The hypervisor: virtual switch, PF driver, life cycle of virtual functions, plugin store.
module dev.npa.hypervisor {
  requires transitive dev.npa.nic;
  requires transitive dev.npa.verifier;
  requires org.slf4j;

  exports dev.npa.hypervisor;
  exports dev.npa.hypervisor.port;
}
