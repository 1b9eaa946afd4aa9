// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import static dev.npa.verifier.PackageFormat.MAX_SIGNATURE_BYTES;
import static dev.npa.verifier.PackageFormat.TRAILER_BYTES;
import static dev.npa.verifier.PackageFormat.TRAILER_MAGIC;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.archive.ZipRecord;
import dev.npa.verifier.stage.RuleBroken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds the signature block from the end of the bytes, without reading the archive.
///
/// @param cms the DER block
/// @param signedLength the signed range is the bytes from 0 to here: all up to the two-byte length
///   of the archive comment
public record SignatureBlock(byte[] cms, int signedLength) {

  private static final Location END = new Location.Package("end of package");
  private static final byte[] MAGIC = TRAILER_MAGIC.getBytes(StandardCharsets.US_ASCII);
  private static final String AGAIN = "get the package again from the vendor";

  /// Whether the bytes end as a signed package does, whatever else is wrong with them.
  public static boolean isThere(byte[] bytes) {
    int magic = bytes.length - MAGIC.length;
    return bytes.length >= TRAILER_BYTES
        && Arrays.equals(bytes, magic, bytes.length, MAGIC, 0, MAGIC.length);
  }

  public static SignatureBlock find(byte[] bytes) throws RuleBroken {
    int trailer = bytes.length - TRAILER_BYTES;
    if (!isThere(bytes)) {
      throw new RuleBroken(
          RuleId.S001_UNSIGNED, END, "no " + TRAILER_MAGIC + " trailer", "sign the package");
    }
    long n = ZipRecord.u32(bytes, trailer);
    if (n == 0 || n > MAX_SIGNATURE_BYTES) {
      throw new RuleBroken(
          RuleId.S003_BLOCK_TOO_LARGE, END, n + " not in 1.." + MAX_SIGNATURE_BYTES, AGAIN);
    }
    int cms = trailer - (int) n;
    int eocd = cms - ZipRecord.EOCD_BYTES;
    if (eocd < 0 || ZipRecord.u32(bytes, eocd) != ZipRecord.EOCD_MAGIC) {
      throw new RuleBroken(
          RuleId.S002_MALFORMED_BLOCK, END, "no end-of-directory record before the block", AGAIN);
    }
    int comment = ZipRecord.u16(bytes, eocd + ZipRecord.EOCD_COMMENT_LENGTH);
    if (comment != n + TRAILER_BYTES) {
      throw new RuleBroken(
          RuleId.S002_MALFORMED_BLOCK,
          END,
          "comment length " + comment + " != " + (n + TRAILER_BYTES),
          AGAIN);
    }
    // Readers look for the last such record: there must be one answer.
    for (int at = eocd + 1; at <= bytes.length - 4; at++) {
      if (ZipRecord.u32(bytes, at) == ZipRecord.EOCD_MAGIC) {
        throw new RuleBroken(
            RuleId.S017_HIDDEN_DIRECTORY, END, "end-of-directory record at " + at, AGAIN);
      }
    }
    return new SignatureBlock(
        Arrays.copyOfRange(bytes, cms, trailer), eocd + ZipRecord.EOCD_COMMENT_LENGTH);
  }
}
