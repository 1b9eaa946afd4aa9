// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.P009_FORBIDDEN_ENTRY;
import static dev.npa.verifier.RuleId.P017_JAR_SIGNATURE;

import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.JarBlocks;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.Samples;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;

/// What a vendor with a good key can put in the place of the ordinary JAR signature.
final class JarSignatureAttacks {

  private static final String FILE = "META-INF/NPA.SF";
  private static final String BLOCK = "META-INF/NPA.EC";

  private JarSignatureAttacks() {}

  static Stream<Attack> all() {
    try {
      return attacks().stream();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> attacks() throws GeneralSecurityException {
    byte[] file = JarBlocks.file();
    byte[] block = JarBlocks.block(Samples.PKI.vendorKey(), file);
    byte[] flipped = block.clone();
    flipped[flipped.length - 1] ^= 1;
    byte[] random = "any two kilobytes".repeat(120).getBytes(StandardCharsets.US_ASCII);
    return List.of(
        attack("no JAR signature", FILE, new ForgedArchive()),
        attack("no signature file", FILE, new ForgedArchive().early(BLOCK, block)),
        attack("no block", BLOCK, new ForgedArchive().early(FILE, file)),
        attack("another signature file", FILE, both(random, block)),
        attack("block that is no CMS", BLOCK, both(file, random)),
        attack("block altered", BLOCK, both(file, flipped)),
        attack(
            "block of another file",
            BLOCK,
            both(file, JarBlocks.block(Samples.PKI.vendorKey(), random))),
        attack("block by another key", BLOCK, both(file, JarBlocks.block(OddKeys.good(), file))),
        attack(
            "block with the content in it",
            BLOCK,
            both(file, JarBlocks.enclosing(Samples.PKI.vendorKey(), file))),
        attack(
            "the package's own kind of signature",
            BLOCK,
            both(file, JarBlocks.bound(Samples.PKI.vendorKey(), file))),
        Attack.signed(
            "SIG- file, which Java's tools let pass",
            P009_FORBIDDEN_ENTRY,
            "META-INF/SIG-PAYLOAD",
            both(file, block).after(FILE, "META-INF/SIG-PAYLOAD", random).build()),
        Attack.signed(
            "second signature file, which they let pass",
            P009_FORBIDDEN_ENTRY,
            "META-INF/PAYLOAD.SF",
            both(file, block).after(FILE, "META-INF/PAYLOAD.SF", random).build()));
  }

  private static ForgedArchive both(byte[] file, byte[] block) {
    return new ForgedArchive().early(FILE, file).early(BLOCK, block);
  }

  private static Attack attack(String name, String place, ForgedArchive archive) {
    return Attack.signed(name, P017_JAR_SIGNATURE, place, archive.build());
  }
}
