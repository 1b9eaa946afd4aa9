// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.packaging.Samples;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Signature blocks that are not DER, or more of it than anyone needs: refused before any ASN.1
/// library sees them.
final class DerAttacks {

  private DerAttacks() {}

  static Stream<Attack> all() {
    return List.of(
        hex("not ASN.1", "010203"),
        hex("indefinite length", "3080300000000000"),
        hex("negative length", "3084ffffffff"),
        hex("length of four bytes", "308400000001"),
        hex("length longer than needed", "30810105"),
        hex("length beyond the end", "30820fff0500"),
        hex("tag of two bytes", "1f8101"),
        hex("constructed string", "2403040100"),
        hex("value cut in its length", "3082"),
        hex("bytes after the value", "300000"),
        der("nested 100 deep", deep()),
        der("object identifier of 20 kB", hugeOid()),
        der("5000 empty values", manyValues()))
        .stream();
  }

  private static Attack hex(String name, String hex) {
    return der(name, HexFormat.of().parseHex(hex));
  }

  private static Attack der(String name, byte[] block) {
    byte[] bytes = Samples.withBlock(Samples.unsigned(), block);
    return Attack.of(name, RuleId.S004_NOT_DER, "block", bytes);
  }

  private static byte[] deep() {
    byte[] deep = new byte[200];
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) Math.min(0x7f, deep.length - i - 2);
    }
    return deep;
  }

  private static byte[] hugeOid() {
    byte[] der = new byte[20_008];
    Arrays.fill(der, (byte) 0x81);
    put(der, "30824e2406824e20");
    der[der.length - 1] = 1;
    return der;
  }

  private static byte[] manyValues() {
    byte[] der = new byte[10_004];
    for (int at = 4; at < der.length; at += 2) {
      der[at] = 0x30;
    }
    put(der, "30822710");
    return der;
  }

  private static void put(byte[] der, String hex) {
    byte[] head = HexFormat.of().parseHex(hex);
    System.arraycopy(head, 0, der, 0, head.length);
  }
}
