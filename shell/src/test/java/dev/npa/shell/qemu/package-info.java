// SPDX-License-Identifier: MIT

/// QEMU's vmxnet3 device as an independent judge: the shell and its built-in plugin boot on a
/// device that somebody else wrote, driven through QEMU's qtest protocol. No guest runs in QEMU;
/// guest memory is a file that QEMU and the test share.
package dev.npa.shell.qemu;
