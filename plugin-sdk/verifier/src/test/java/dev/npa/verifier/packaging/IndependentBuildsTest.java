// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people build the same source, each in their own way, and compare.
class IndependentBuildsTest {

  private static final String SOURCE = "package example.nic; public final class Plugin {}\n";

  private final TimeZone zone = TimeZone.getDefault();

  @TempDir private Path directory;

  @AfterEach
  void restore() {
    TimeZone.setDefault(zone);
  }

  @Test
  void samePayloadUnderAnotherUmaskZoneAndDirectory() throws Exception {
    byte[] one = build("022", "UTC", directory.resolve("one"));
    byte[] two = build("077", "Pacific/Kiritimati", directory.resolve("a/longer path/two"));

    assertThat(payloadId(two)).isEqualTo(payloadId(one));
    assertThat(two).isEqualTo(one);
  }

  @Test
  void signaturesAreNotInThePayload() throws Exception {
    byte[] unsigned = build("022", "UTC", directory);
    byte[] signed = Samples.signed(unsigned);
    byte[] again = Samples.signed(unsigned);

    assertThat(read(signed).payloadId())
        .isEqualTo(read(again).payloadId())
        .isEqualTo(payloadId(unsigned));
    assertThat(read(signed).contentId()).isNotEqualTo(read(again).contentId());
  }

  private static byte[] build(String umask, String zone, Path place)
      throws IOException, InterruptedException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("Plugin.java"), SOURCE);
    String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    ProcessBuilder compiler =
        new ProcessBuilder(
                "sh", "-c", "umask " + umask + " && exec \"$0\" -d classes Plugin.java", javac)
            .directory(place.toFile())
            .inheritIO();
    compiler.environment().put("TZ", zone);
    assertThat(compiler.start().waitFor()).isZero();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    return new PackageBuilder(Samples.manifest())
        .addClasses(place.resolve("classes"))
        .addLicenceText("GPL-2.0-only")
        .build();
  }

  private static String payloadId(byte[] unsigned) {
    return switch (UnsignedPackage.read(unsigned)) {
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage read) -> read.payloadId();
      case Verdict.Refused<UnsignedPackage> refused -> throw new AssertionError(refused);
    };
  }

  private static UnverifiedPackage read(byte[] signed) {
    return switch (UnverifiedPackage.read(signed)) {
      case Verdict.Accepted<UnverifiedPackage>(var read) -> read;
      case Verdict.Refused<UnverifiedPackage> refused -> throw new AssertionError(refused);
    };
  }
}
