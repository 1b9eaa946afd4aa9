// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.HexFormat;
import java.util.Map;

/// The GNU licence texts as published by the Free Software Foundation, by SPDX id: the texts
/// themselves for whoever builds a package, their digests for the gate.
public final class LicenceTexts {

  /// SHA-384 of the text with every run of white space replaced by one space.
  private static final Map<String, String> DIGESTS =
      Map.of(
          "GPL-2.0",
          "bc729595a503c6c9467478b23d4fb92b1baef48970e6d6c8"
              + "81f954fe18c986e85d52227212a3a76ae5b13aa6d01842bc",
          "GPL-3.0",
          "ab135b4437bf1543e3550799218e687c41db17e4a9c105cd"
              + "9644c44c37fae293d90695ef2d54fff385464a6a1fe81e79");

  private LicenceTexts() {}

  /// The text to put into a package at `META-INF/npa/licenses/<id>.txt`.
  ///
  /// @param id one of `GPL-2.0-only`, `GPL-2.0-or-later`, `GPL-3.0-only`, `GPL-3.0-or-later`
  /// @throws IllegalArgumentException for any other id
  public static byte[] of(String id) {
    try (InputStream in = LicenceTexts.class.getResourceAsStream("texts/" + text(id) + ".txt")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("licence text of " + id, e);
    }
  }

  /// Whether a text is the known one of a licence, white space apart.
  public static boolean isTextOf(GplFamily licence, byte[] content) {
    String digest = HexFormat.of().formatHex(normalised(content));
    return digest.equals(DIGESTS.get(text(licence.id())));
  }

  private static String text(String id) {
    for (GplFamily member : GplFamily.values()) {
      if (member.id().equals(id)) {
        return id.substring(0, "GPL-n.n".length());
      }
    }
    throw new IllegalArgumentException("no text known for " + id);
  }

  private static byte[] normalised(byte[] content) {
    MessageDigest sha384 = sha384();
    boolean pending = false;
    boolean started = false;
    for (byte b : content) {
      boolean white = b == ' ' || b == '\t' || b == '\n' || b == '\f' || b == '\r';
      if (white) {
        pending = started;
        continue;
      }
      if (pending) {
        sha384.update((byte) ' ');
      }
      sha384.update(b);
      pending = false;
      started = true;
    }
    return sha384.digest();
  }

  private static MessageDigest sha384() {
    try {
      return MessageDigest.getInstance("SHA-384", "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
    }
  }
}
