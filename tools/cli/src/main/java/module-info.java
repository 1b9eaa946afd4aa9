// SPDX-License-Identifier: MIT

/// The `npa` command: the composition root, the only module that knows both sides.
module dev.npa.cli {
  requires com.fasterxml.jackson.core;
  requires dev.npa.hypervisor;
  requires dev.npa.nic;
  requires dev.npa.shell;
  requires dev.npa.verifier;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
}
