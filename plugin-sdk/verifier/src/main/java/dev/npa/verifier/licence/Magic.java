// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.Optional;

/// Kinds of binary files, told by their first bytes.
enum Magic {
  ELF("\u007fELF", "an ELF binary"),
  PE("MZ", "a Windows binary"),
  MACH_O_32("\u00ce\u00fa\u00ed\u00fe", "a Mach-O binary"),
  MACH_O_64("\u00cf\u00fa\u00ed\u00fe", "a Mach-O binary"),
  CLASS_OR_FAT("\u00ca\u00fe\u00ba\u00be", "a class file or a Mach-O binary"),
  WASM("\0asm", "a WebAssembly binary"),
  DEX("dex\n", "an Android binary"),
  ZIP("PK\u0003\u0004", "an archive"),
  EMPTY_ZIP("PK\u0005\u0006", "an archive"),
  GZIP("\u001f\u008b", "compressed"),
  XZ("\u00fd7zXZ", "compressed"),
  BZIP2("BZh", "compressed"),
  ZSTD("(\u00b5/\u00fd", "compressed"),
  SEVEN_ZIP("7z\u00bc\u00af", "an archive"),
  RAR("Rar!", "an archive"),
  AR("!<arch>", "an archive"),
  PDF("%PDF-", "a PDF document"),
  PNG("\u0089PNG", "an image"),
  PGP("-----BEGIN PGP MESSAGE", "encrypted"),
  SERIALIZED("\u00ac\u00ed\0\u0005", "serialised objects");

  private final String first;
  private final String kind;

  Magic(String first, String kind) {
    this.first = first;
    this.kind = kind;
  }

  /// @param head first bytes, as ISO 8859-1
  static Optional<String> of(String head) {
    for (Magic magic : values()) {
      if (head.startsWith(magic.first)) {
        return Optional.of(magic.kind);
      }
    }
    return Optional.empty();
  }
}
