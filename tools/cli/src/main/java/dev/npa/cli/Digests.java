// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-384 as people and manifests write it.
public final class Digests {
  private Digests() {}

  /// Lower-case hex.
  public static String sha384(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-384").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
    }
  }
}
