// SPDX-License-Identifier: MIT

/// Measures the data path: beside C, beside DPDK, stage by stage.
@SuppressWarnings("requires-automatic") // HdrHistogram has no descriptor and names no module
module dev.npa.bench {
  requires HdrHistogram;
  requires java.desktop;
  requires java.management;
  requires jdk.jfr;
  requires transitive dev.npa.testbed;

  exports dev.npa.bench;
  exports dev.npa.bench.table;
}
