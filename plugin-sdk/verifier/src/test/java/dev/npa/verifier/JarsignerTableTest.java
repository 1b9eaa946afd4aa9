// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.EditedPackage;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `jarsigner -verify` lets pass, and what this gate says to it. The signature block stays at
/// its place, as a careful attacker would see to.
///
/// Rows 14 to 17 of that table need keys and are in {@link SignatureAttacks} (no code-signing
/// purpose) and {@link SignerAttacks} (a second algorithm's signature altered or taken away).
class JarsignerTableTest {

  private static final byte[] SIGNED = Samples.signed();
  private static final byte[] CLASS = Samples.CLASS;
  private static final String PLUGIN = "example/nic/Plugin.class";
  private static final byte[] RANDOM = "x".repeat(2048).getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  /// @param exit what `jarsigner -verify` returns
  record Row(String name, int exit, RuleId rule, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return List.of(
        row("nobody signed", 0, RuleId.S001_UNSIGNED, Samples.unsigned()),
        row(
            "1 class added",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().put("zz/A.class", CLASS).seal()),
        row(
            "2 signed entry removed",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().remove("META-INF/npa/licenses/GPL-2.0-only.txt").seal()),
        row("3 signature files and block stripped", 0, RuleId.S001_UNSIGNED, stripped().unsealed()),
        row("3 signature files stripped", 0, RuleId.S006_DIGEST_MISMATCH, stripped().seal()),
        row("4 bytes prepended", 0, RuleId.S006_DIGEST_MISMATCH, edit().prefix(RANDOM)),
        row("5 archive comment replaced", 0, RuleId.S001_UNSIGNED, edit().comment("other")),
        row("6 entry altered", 1, RuleId.S006_DIGEST_MISMATCH, edit().put(PLUGIN, RANDOM).seal()),
        row(
            "7 service added",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().put("META-INF/services/java.lang.Runnable", RANDOM).seal()),
        row("8 main attribute changed", 1, RuleId.S006_DIGEST_MISMATCH, manifest("1.4.2", "1.4.3")),
        row("8b section added", 0, RuleId.S006_DIGEST_MISMATCH, sectionAdded()),
        row(
            "9 SIG- file added",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().put("META-INF/SIG-PAYLOAD", RANDOM).seal()),
        row(
            "9 second signature file added",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().put("META-INF/PAYLOAD.SF", RANDOM).seal()),
        row(
            "10, 11 class added and signed by another key",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().signedToo()),
        row("12 entry twice", 1, RuleId.S006_DIGEST_MISMATCH, edit().twice(PLUGIN, RANDOM)),
        row(
            "13 local header's name differs",
            0,
            RuleId.S006_DIGEST_MISMATCH,
            edit().renamedLocally(PLUGIN)));
  }

  private static Row row(String name, int exit, RuleId rule, byte[] bytes) {
    return new Row(name, exit, rule, bytes);
  }

  private static EditedPackage edit() {
    return new EditedPackage(SIGNED);
  }

  private static EditedPackage stripped() {
    return edit().remove("META-INF/NPA.SF").remove("META-INF/NPA.EC");
  }

  private static byte[] manifest(String from, String to) {
    return edit().manifest(text -> text.replace(from, to)).seal();
  }

  private static byte[] sectionAdded() {
    return edit()
        .put("zz/A.class", CLASS)
        .manifest(text -> text + "Name: zz/A.class\r\n\r\n")
        .seal();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gateRefusesWhatJarsignerSaysAboutAnotherMatter(Row row) throws Exception {
    assertThat(
            SignedPlugin.check(row.bytes(), Trust.of(Samples.ANCHORS), Samples.NOW)
                    instanceof Verdict.Refused<SignedPlugin>(List<Refusal> refusals)
                ? refusals.getFirst().rule()
                : "accepted")
        .isEqualTo(row.rule());
    assertThat(jarsigner(row.bytes())).isEqualTo(row.exit());
  }

  private int jarsigner(byte[] bytes) throws IOException, InterruptedException {
    Path jar = Files.write(directory.resolve("plugin.jar"), bytes);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-verify",
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    return process.waitFor();
  }
}
