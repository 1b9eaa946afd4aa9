// SPDX-License-Identifier: MIT

/// What a vendor compiles a network plugin against.
@SuppressWarnings("module") // dev.npa.shell is compiled after this module
module dev.npa.plugin {
  exports dev.npa.plugin;
  exports dev.npa.plugin.host to
      dev.npa.shell;
}
