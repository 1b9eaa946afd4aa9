// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.verifier.licence.source.SourceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads a source archive that somebody offers at an address.
final class SourceZip {

  static final int MAX_BYTES = 64 << 20;
  private static final int MAX_FILES = 10_000;

  private SourceZip() {}

  /// @throws IOException if it is no ZIP, or more than a plugin's source can be
  static SourceFiles read(String name, byte[] archive) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long left = MAX_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] content = zip.readNBytes((int) left);
        left -= content.length;
        if (left <= 0 || files.size() == MAX_FILES) {
          throw new IOException(name + ": more than a plugin's source can be");
        }
        if (files.put(entry.getName(), content) != null) {
          throw new IOException(name + ": " + entry.getName() + " twice");
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException(name + ": no ZIP archive with files in it");
    }
    return SourceFiles.of(files);
  }
}
