// SPDX-License-Identifier: MIT

/// The `npa` command: the composition root, the only module that knows both sides.
module dev.npa.cli {
  requires dev.npa.nic;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
}
