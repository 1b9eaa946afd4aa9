// SPDX-License-Identifier: MIT
package dev.npa.cli;

/// How the `npa` command ends.
public enum ExitCode {
  OK(0),
  /// A plugin was refused, or two things that must be equal are not.
  REFUSED(1),
  /// The command line cannot be understood.
  USAGE(2),
  /// A file, the JVM or the machine failed.
  ENVIRONMENT(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
