// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputFileTest {
  @TempDir private Path dir;

  @Test
  void readsNoMoreThanTheLimitAndOneByteOfWhatNeverEnds() throws IOException {
    assertThat(InputFile.read("/dev/zero", 1000)).hasSize(1001);
    assertThatThrownBy(() -> InputFile.readAll("/dev/zero", 1000, "a test"))
        .hasMessage("/dev/zero: more than 1000 bytes, too long for a test");
  }

  @Test
  void saysWhichNameIsADirectoryOrMissing() {
    assertThatThrownBy(() -> InputFile.read(dir.toString(), 10))
        .hasMessage(dir + ": is a directory, not a file");
    assertThatThrownBy(() -> InputFile.read(dir.resolve("x").toString(), 10))
        .isInstanceOf(NoSuchFileException.class);
  }

  /// Opens, and cannot be read from its beginning, by root neither.
  @Test
  void namesAFileThatFailsWhileItIsRead() {
    assertThatThrownBy(() -> InputFile.read("/proc/self/mem", 10))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/proc/self/mem: cannot be read: ");
  }

  @Test
  void saysThatANameCannotBeOne() {
    assertThatThrownBy(() -> InputFile.read("a\0b", 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a file name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-rw----"})
  void refusesASecretThatOthersCanUse(String mode) throws IOException {
    Path file = file(mode);

    assertThatThrownBy(() -> InputFile.readSecret(file.toString(), 10, "a secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(mode)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void readsASecretOfItsOwner() throws IOException {
    assertThat(InputFile.readSecret(file("rw-------").toString(), 10, "a secret")).hasSize(4);
    assertThat(InputFile.readSecret(file("r--------").toString(), 10, "a secret")).hasSize(4);
  }

  @Test
  void readsWhatOthersMayReadAndNotWhatTheyMayChange() throws IOException {
    assertThat(InputFile.readGuarded(file("rw-r--r--").toString(), 10, "a root")).hasSize(4);
    Path file = file("rw-rw-r--");
    assertThatThrownBy(() -> InputFile.readGuarded(file.toString(), 10, "a root"))
        .hasMessageContaining("that others can change");
  }

  @Test
  void believesNoFileOfAnotherUser() throws IOException {
    Path file = file("rw-r--r--");
    UserPrincipal self = Files.getOwner(file);
    if (self.getName().equals("root")) {
      Files.setAttribute(file, "unix:uid", 65534); // for root everything but a user's own is good
      assertThatThrownBy(() -> InputFile.readGuarded(file.toString(), 10, "a root"))
          .hasMessageContaining("a root of another user");
    } else {
      UserPrincipal other = () -> "somebody else";
      assertThatThrownBy(() -> Guarded.requireOwner(file, "a root", other))
          .hasMessageContaining("a root of another user (" + self.getName() + ")");
    }
  }

  private Path file(String mode) throws IOException {
    Path file = Files.writeString(dir.resolve("f" + mode), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
