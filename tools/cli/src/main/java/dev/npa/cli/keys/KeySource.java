// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/// Where private keys are.
sealed interface KeySource permits KeyStoreFile, Token {

  /// As the user named it.
  String name();

  /// Every private key that has a certificate, by alias.
  ///
  /// @throws IOException if the source cannot be read
  List<KeyEntry> entries() throws IOException, GeneralSecurityException;

  /// Gives a key that is here another certificate path, for good.
  ///
  /// @param entry the key, and its new path
  void certify(KeyEntry entry) throws IOException, GeneralSecurityException;
}
