// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

/// Leaves a plugin that broke the contract in a call to the shell. The [Fault] is recorded before.
///
/// One instance without stack trace or message: throwing it costs nothing, however often.
final class ContractBroken extends Error {
  @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace that could mislead.
  static final ContractBroken INSTANCE = new ContractBroken();

  private static final long serialVersionUID = 1L;

  private ContractBroken() {
    super("the plugin broke the contract", null, false, false);
  }
}
