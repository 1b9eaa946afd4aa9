// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.files.InputFile;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.source.SourceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The licences that the source files of a directory state.
///
/// @param stated file, relative, to its licence
/// @param refusals of those that state none, or another than wanted
record HeaderScan(SortedMap<String, SpdxExpression> stated, List<Refusal> refusals) {

  /// The line is within the first lines, and those are short.
  private static final int HEAD_BYTES = 8 << 10;

  /// @throws IOException if something below cannot be read, or nothing is there to read
  static HeaderScan below(Path directory, Optional<SpdxExpression> wanted) throws IOException {
    InputFile.requireDirectory(directory);
    HeaderScan scan = new HeaderScan(new TreeMap<>(), new ArrayList<>());
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean skip = name.equals("target") || name.startsWith(".") && name.length() > 2;
            return skip && !dir.equals(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()
                && SourceHeader.isNeededIn(file.getFileName().toString())) {
              scan.add(directory.relativize(file).toString(), head(file), wanted);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (scan.stated.isEmpty() && scan.refusals.isEmpty()) {
      throw new IOException(directory + ": no source files below it");
    }
    return scan;
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
    }
  }

  private void add(String file, String head, Optional<SpdxExpression> wanted) {
    Location where = new Location.Entry(file);
    switch (SourceHeader.read(head, where)) {
      case Verdict.Refused<SpdxExpression>(List<Refusal> bad) -> refusals.addAll(bad);
      case Verdict.Accepted<SpdxExpression>(SpdxExpression licence) -> {
        stated.put(file, licence);
        if (wanted.isPresent() && !wanted.get().equals(licence)) {
          refusals.add(
              new Refusal(
                  RuleId.L014_SOURCE_HEADER,
                  where,
                  "states " + licence + ", not " + wanted.get(),
                  "state the licence that the file is under"));
        }
      }
    }
  }
}
