// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.TestImage;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DemoVerbTest {
  @TempDir static Path image;

  @TempDir Path dir;

  @BeforeAll
  static void makeImage() throws IOException {
    TestImage.use(TestImage.in(image));
  }

  @AfterAll
  static void forgetImage() {
    TestImage.useNone();
  }

  @ParameterizedTest
  @CsvSource({
    "--frames, 0",
    "--frames, -1",
    "--frames, many",
    "--frames, 1.5",
    "--frames, 9223372036854775808",
    "--switches, -1",
    "--switches, some",
    "--switches, 2147483648",
    "--output, xml",
    "--output, JSON",
    "--pcap, ''",
    "--speed, 1"
  })
  void callsAnOptionThatCannotBeAFaultOfUsage(String option, String value) {
    VerbRun run = run(option + "=" + value);

    run.assertUsage("demo", option);
    run.assertUsage("demo", value);
  }

  @Test
  void callsAnOptionGivenTwiceAFaultOfUsage() {
    run("--frames", "1", "--frames", "2").assertUsage("demo", "--frames");
  }

  @Test
  void failsIfTheCaptureIsMissing() {
    Path missing = dir.resolve("missing.pcap");

    run("--pcap", missing.toString()).assertFailure(missing + ": no such file");
  }

  @Test
  void failsIfTheCaptureIsADirectory() {
    run("--pcap", dir.toString()).assertFailure(dir + ": is a directory");
  }

  @Test
  void failsIfTheCaptureIsNone() throws IOException {
    Path text = Files.writeString(dir.resolve("notes.txt"), "not a capture, but long enough");
    Path empty = Files.createFile(dir.resolve("empty.pcap"));
    Path cooked = OddCaptures.writeLinuxCooked(dir.resolve("cooked.pcap"));

    run("--pcap", text.toString()).assertFailure(text.toString());
    run("--pcap", empty.toString()).assertFailure(empty.toString());
    run("--pcap", cooked.toString()).assertFailure(cooked.toString());
  }

  @Test
  void failsIfTheCaptureIsCutOff() throws IOException {
    Path file = OddCaptures.write(OddCaptures.oddFrames(), dir.resolve("cut.pcap"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    run("--pcap", file.toString()).assertFailure(file + ": offset ");
  }

  @Test
  void failsWithoutAnImageOrAPluginInIt() {
    try {
      TestImage.use(dir);
      run().assertFailure(dir.resolve("plugins").resolve("npa-kawela.jar") + ": no such file");
      TestImage.use(dir.resolve("nowhere"));
      run().assertFailure("nowhere");
      TestImage.useNone();
      run().assertFailure("run tools/npa");
    } finally {
      TestImage.use(image);
    }
  }

  @Test
  void printsAStackTraceOnRequestOnly() {
    VerbRun run = run("--debug", "--pcap", dir.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(run.err()).contains("\tat ");
  }

  @Test
  void printsOneJsonObject() throws IOException {
    Path odd = OddCaptures.write(OddCaptures.oddFrames(), dir.resolve("odd.pcap"));

    VerbRun run =
        run("--output", "json", "--frames", "1000", "--switches", "2", "--pcap", odd.toString());

    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.OK);
    Map<?, ?> json = run.json();
    assertThat(json.keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrder(
            "perfect",
            "capture",
            "framesReplayed",
            "leftOut",
            "directions",
            "guests",
            "delivered",
            "gateNanos",
            "refused",
            "switches",
            "macChange",
            "failures");
    assertThat(json.get("perfect")).isEqualTo(true);
    assertThat(json.get("capture")).isEqualTo(odd.toString());
    assertThat(json.get("failures")).isEqualTo(List.of());
    assertThat((Map<?, ?>) json.get("leftOut")).hasSize(5);
    for (Object direction : (List<?>) json.get("directions")) {
      Map<?, ?> counts = (Map<?, ?>) direction;
      assertThat((Long) counts.get("sent")).isGreaterThanOrEqualTo(1000);
      assertThat(counts.get("received")).isEqualTo(counts.get("sent"));
      for (String fault : List.of("lost", "duplicated", "reordered", "corrupted", "unexpected")) {
        assertThat(counts.get(fault)).as(fault).isEqualTo(0L);
      }
    }
    assertThat((List<?>) json.get("directions")).hasSize(2);
    assertThat((List<?>) json.get("guests")).hasSize(2);
    assertThat((List<?>) json.get("switches")).hasSize(2);
    assertThat((List<?>) json.get("refused")).hasSize(3);
  }

  @Test
  void endsItsTextWithTheVerdict() {
    VerbRun run = run("--frames", "1000", "--switches", "0");

    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).endsWith("\nevery frame arrived once, in order and intact\n");
    assertThat(run.out())
        .startsWith("replaying the built-in capture: ")
        .contains("\nrefused: unsigned (")
        .contains("\nMAC change in use: none: fewer than two switches\n")
        .doesNotContain("NaN", "Infinity", "FAILED");
  }

  private static VerbRun run(String... options) {
    return VerbRun.of(new DemoVerb(), options);
  }
}
