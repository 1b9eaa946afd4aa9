// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.VerbRun;
import dev.npa.cli.demo.DemoReport.Direction;
import dev.npa.testbed.Flow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a demo that went wrong says of itself.
final class DemoReportTest {
  private static final Flow.Tally PERFECT = new Flow.Tally(9, 900, 9, 900, 0, 0, 0, 0, 0);
  private static final Flow.Tally NOTHING = new Flow.Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final List<Flow.Tally> FAULTY =
      List.of(
          new Flow.Tally(9, 900, 8, 800, 1, 0, 0, 0, 0),
          new Flow.Tally(9, 900, 9, 900, 0, 1, 0, 0, 0),
          new Flow.Tally(9, 900, 9, 900, 0, 0, 1, 0, 0),
          new Flow.Tally(9, 900, 9, 900, 0, 0, 0, 1, 0),
          new Flow.Tally(9, 900, 9, 900, 0, 0, 0, 0, 1));

  @Test
  void isPerfectOnlyIfBothDirectionsAreAndNothingFailed() {
    assertThat(report(PERFECT, PERFECT).perfect()).isTrue();
    assertThat(report(PERFECT, PERFECT, "a step").perfect()).isFalse();
    for (Flow.Tally faulty : FAULTY) {
      assertThat(report(faulty, PERFECT).perfect()).as("%s", faulty).isFalse();
      assertThat(report(PERFECT, faulty).perfect()).as("%s", faulty).isFalse();
    }
  }

  @Test
  void saysInItsLastLineWhetherItIsPerfect() {
    assertThat(text(report(PERFECT, PERFECT)))
        .endsWith("\n\nevery frame arrived once, in order and intact\n");
    assertThat(text(report(PERFECT, FAULTY.getFirst())))
        .endsWith("\n\nNOT every frame arrived once, in order and intact, or a step failed\n");
  }

  @Test
  void tellsEachFailureAndFramesThatNobodySent() {
    assertThat(text(report(PERFECT, FAULTY.getLast(), "this step", "that step")))
        .contains("1 frames that nobody sent\n")
        .contains("\nFAILED: this step\nFAILED: that step\n");
  }

  @Test
  void isImperfectInJsonToo() throws IOException {
    StringWriter out = new StringWriter();
    DemoJson.print(report(PERFECT, FAULTY.get(3), "say \"no\"\n"), new PrintWriter(out));

    Map<?, ?> json = new VerbRun(ExitCode.REFUSED, out.toString(), "").json();

    assertThat(json.get("perfect")).isEqualTo(false);
    assertThat(json.get("failures")).isEqualTo(List.of("say \"no\"\n"));
    Map<?, ?> second = (Map<?, ?>) ((List<?>) json.get("directions")).getLast();
    assertThat(second.get("corrupted")).isEqualTo(1L);
  }

  private static String text(DemoReport report) {
    StringWriter out = new StringWriter();
    new DemoTable(report).print(new PrintWriter(out));
    return out.toString();
  }

  private static DemoReport report(Flow.Tally first, Flow.Tally second, String... failures) {
    return new DemoReport(
        "x.pcap",
        3,
        Map.of(),
        List.of(
            new Direction("guest-1 -> guest-2", first, NOTHING, first),
            new Direction("back", NOTHING, second, second)),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        "none",
        List.of(failures));
  }
}
