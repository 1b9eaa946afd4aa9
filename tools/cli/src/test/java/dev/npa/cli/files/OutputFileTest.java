// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.cli.files.OutputFile.Audience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path dir;

  @Test
  void writesASecretForItsOwnerAlone() throws IOException {
    Path file = dir.resolve("keys.p12");

    OutputFile.write(file, BYTES, Audience.OWNER, false);

    assertThat(file).hasBinaryContent(BYTES);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("keys.p12");
  }

  @Test
  void keepsAFileThatIsThere() throws IOException {
    Path file = Files.writeString(dir.resolve("a"), "old");

    assertThatThrownBy(() -> OutputFile.write(file, BYTES, Audience.EVERYONE, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already; --overwrite replaces it");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void replacesAFileIfToldTo() throws IOException {
    Path file = Files.writeString(dir.resolve("a"), "old");

    OutputFile.write(file, BYTES, Audience.EVERYONE, true);

    assertThat(file).hasBinaryContent(BYTES);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void neverWritesThroughASymbolicLink() throws IOException {
    Path victim = Files.writeString(dir.resolve("victim"), "untouched");
    Path link = Files.createSymbolicLink(dir.resolve("link"), victim);

    assertThatThrownBy(() -> OutputFile.write(link, BYTES, Audience.OWNER, false))
        .hasMessageContaining("is there already");
    OutputFile.write(link, BYTES, Audience.OWNER, true);

    assertThat(victim).hasContent("untouched");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(link).hasBinaryContent(BYTES);
  }

  @Test
  void findsALinkThatLeadsNowhereInTheWay() throws IOException {
    Path nowhere = dir.resolve("nowhere");
    Path link = Files.createSymbolicLink(dir.resolve("link"), nowhere);

    assertThatThrownBy(() -> OutputFile.write(link, BYTES, Audience.OWNER, false))
        .hasMessageContaining("is there already");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void saysThatADirectoryIsOneOrIsMissing() {
    assertThatThrownBy(() -> OutputFile.write(dir, BYTES, Audience.OWNER, true))
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> OutputFile.write(dir.resolve("no/file"), BYTES, Audience.OWNER, false))
        .hasMessageContaining("no such directory");
  }

  /// In sysfs nobody can make a file, root neither.
  @Test
  void namesTheFileThatCannotBeWritten() {
    Path file = Path.of("/sys/npa-test");

    assertThatThrownBy(() -> OutputFile.write(file, BYTES, Audience.OWNER, false))
        .hasMessageStartingWith(file + ": cannot be written: ");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
