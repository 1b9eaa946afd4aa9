// SPDX-License-Identifier: MIT

/// The `npa` command.
module dev.npa.cli {
  requires com.fasterxml.jackson.core;
  requires dev.npa.bench;
  requires dev.npa.testbed;
  requires info.picocli;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
}
