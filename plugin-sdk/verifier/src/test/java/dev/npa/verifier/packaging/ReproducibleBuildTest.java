// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleBuildTest {

  private static final List<String> CLASSES =
      List.of("example/nic/Plugin.class", "example/nic/Ring.class", "example/Z.class");

  private final TimeZone zone = TimeZone.getDefault();
  private final Locale locale = Locale.getDefault();

  @TempDir private Path directory;

  @AfterEach
  void restore() {
    TimeZone.setDefault(zone);
    Locale.setDefault(locale);
  }

  @Test
  void givesSameBytesWhateverZoneLocaleUmaskTimeAndOrder() throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    byte[] one = build(CLASSES, "rw-------", FileTime.fromMillis(0));
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    Locale.setDefault(Locale.of("ar", "EG"));
    byte[] two =
        build(CLASSES.reversed(), "rwxrwxrwx", FileTime.fromMillis(System.currentTimeMillis()));

    assertThat(two).isEqualTo(one);
  }

  @Test
  void refusesSameEntryTwice() {
    PackageBuilder builder = Samples.builder(Samples.manifest());

    assertThatThrownBy(() -> builder.add("example/nic/Plugin.class", Samples.CLASS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("example/nic/Plugin.class");
  }

  @Test
  void signerRefusesWhatGateCouldNotRead() {
    byte[] broken = Samples.unsigned();
    broken[10] ^= 1;

    assertThatThrownBy(() -> PackageSigner.sign(broken, Samples.PKI.vendorKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NPA-P003");
  }

  private byte[] build(List<String> names, String permissions, FileTime time) throws IOException {
    Path root = Files.createTempDirectory(directory, "classes");
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, Samples.CLASS);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      Files.setLastModifiedTime(file, time);
    }
    return new PackageBuilder(Samples.manifest())
        .addClasses(root)
        .addLicenceText("GPL-2.0-only")
        .build();
  }
}
