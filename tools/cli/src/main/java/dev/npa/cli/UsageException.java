// SPDX-License-Identifier: MIT
package dev.npa.cli;

/// The command line parses, but asks for something that cannot be; the message names the option.
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
