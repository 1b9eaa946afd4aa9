// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.TestImage;
import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainVerbTest {
  private static final String BAD_VALUE = "returned a value outside the contract";
  private static final String OVER_COMPLETION = "completed more frames than it holds";
  private static final String NOT_BOUND = "indicated a buffer that it does not hold";
  private static final String OUTSIDE_GRANT = "memory access outside the guest's grant";
  private static final String STORM = "wrote registers more often than any data path has to";
  private static final String NOT_SENT = "does not send frames that it was given";
  private static final String SEND_LENGTHS =
      "made the device send other lengths than those of its frames";
  private static final String RECEIVE_LENGTHS =
      "handed over other lengths than the device has received";
  private static final String BUDGET = "exceeded its budget";

  /// What each plugin is ended for. Two where it depends on which of its lies is looked at first.
  private static final Map<String, Set<String>> FAULTS =
      Map.ofEntries(
          fault("BAD_INDEX", "IndexOutOfBoundsException"),
          fault("DIVIDE_BY_ZERO", "ArithmeticException"),
          fault("NULL_REFERENCE", "NullPointerException"),
          fault("ENDLESS_LOOP", BUDGET),
          fault("ABSURD_TX_ANSWER", BAD_VALUE),
          fault("ABSURD_CHECK_TX_ANSWER", BAD_VALUE),
          fault("ABSURD_CHECK_RX_ANSWER", BAD_VALUE),
          fault("ABSURD_REFILL_ANSWER", BAD_VALUE),
          fault("REFUSES_PLAIN_FRAMES", "answered UNSUPPORTED to a frame that asks for no offload"),
          fault("INDICATES_OUTSIDE_CHECK_RX", "called indicateRecv from outside checkRxRing"),
          fault("INDICATES_UNBOUND_BUFFER", NOT_BOUND),
          fault("INDICATES_FOREIGN_ID", "named a buffer id outside 0 .. 2 * ringSize - 1"),
          fault("INDICATES_TWICE_IN_ONE_FRAME", NOT_BOUND),
          fault("INDICATES_EMPTY_FRAME", "indicated a frame that does not fit its buffers"),
          fault("INDICATES_BEYOND_BUDGET", "indicated more frames than its budget"),
          fault("BINDS_BOUND_ID", "asked for a buffer under an id that is in use"),
          fault(
              "COMPLETES_TWICE",
              OVER_COMPLETION,
              "reported frames as sent that the device has not sent"),
          fault("COMPLETES_NEGATIVE", OVER_COMPLETION),
          fault("LOGS_AT_ABSURD_LEVEL", "logged a text that is no fixed printable text"),
          fault("WRITES_OUTSIDE_BAR", "IndexOutOfBoundsException"),
          fault("WRITES_UNALIGNED", "IllegalArgumentException"),
          fault("DOORBELL_STORM", STORM),
          fault("REGISTER_STORM", STORM),
          fault("RESETS_FUNCTION", "reset by its user"),
          fault("ABSURD_DOORBELL", NOT_SENT),
          fault("FORGES_TX_ADDRESS", OUTSIDE_GRANT),
          fault("FORGES_RX_ADDRESS", OUTSIDE_GRANT),
          fault(
              "COMPLETES_UNSENT",
              OVER_COMPLETION,
              "reported frames as sent that the device has not sent"),
          fault(
              "SENDS_AGAIN", OVER_COMPLETION, "made the device send more frames than it was given"),
          fault("SENDS_TOO_MUCH", SEND_LENGTHS),
          fault("SENDS_TOO_LITTLE", SEND_LENGTHS),
          fault("INDICATES_OLD_FRAMES", "handed over more frames than the device has received"),
          fault("INDICATES_TOO_MUCH", RECEIVE_LENGTHS),
          fault("INDICATES_TOO_LITTLE", RECEIVE_LENGTHS),
          fault("NEVER_COMPLETES", "does not report frames that the device has sent"),
          fault("NEVER_INDICATES", "does not hand over frames that the device has received"),
          fault("NEVER_REFILLS", "gives the device no buffers to receive into"),
          fault("NEVER_RINGS", NOT_SENT),
          fault("NEVER_HAS_SPACE", NOT_SENT),
          fault("THOUSAND_TIMES_TOO_SLOW", "took far too long for what it did"),
          fault("OVERLONG_DESCRIPTOR", "gave the device descriptors that make no sense"),
          fault("CONSTRUCTOR_FAILS", "the constructor of the plugin failed"),
          fault("INIT_FAILS", "NullPointerException"),
          fault("INIT_EATS_MEMORY", BUDGET),
          fault("RING_SETUP_FAILS", "NullPointerException"));

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

  private static Map.Entry<String, Set<String>> fault(String misdeed, String... expected) {
    return Map.entry(misdeed, Set.of(expected));
  }

  @Test
  void endsEveryMisdeedAndKnowsWhatBecameOfEveryFrame() throws Exception {
    ContainTable table =
        new ContainTable(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    table.header();
    List<Trial> trials;
    List<String> misdeeds;
    try (ContainRun run = new ContainRun(image)) {
      misdeeds = run.misdeeds();
      trials = run.run(misdeeds, table::row);
    }
    table.summary(trials, misdeeds.size());

    assertThat(misdeeds).containsExactlyInAnyOrderElementsOf(FAULTS.keySet());
    assertThat(trials).extracting(Trial::misdeed).containsExactlyElementsOf(misdeeds);
    assertThat(trials)
        .allSatisfy(
            trial -> {
              assertThat(FAULTS.get(trial.misdeed())).contains(trial.fault());
              assertThat(trial.ended()).isTrue();
              assertThat(trial.unaccounted()).isZero();
            });
  }

  @Test
  void printsWhatBecameOfTheMisdeedsNamed() {
    VerbRun run = VerbRun.of(new ContainVerb(), "bad-index", "endless loop");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("bad index ")
        .contains("IndexOutOfBoundsException")
        .contains("2 of 2 misdeeds contained")
        .contains(", 0 unaccounted for");
  }

  @Test
  void printsTheSameAsJson() throws IOException {
    VerbRun run = VerbRun.of(new ContainVerb(), "DIVIDE_BY_ZERO", "--output=json");

    Map<?, ?> trial = (Map<?, ?>) ((List<?>) run.json().get("trials")).getFirst();
    assertThat(run.json().get("contained")).isEqualTo(1L);
    assertThat(trial.get("misdeed")).isEqualTo("DIVIDE_BY_ZERO");
    assertThat(trial.get("fault")).isEqualTo("ArithmeticException");
    assertThat(trial.get("unaccounted")).isEqualTo(0L);
  }

  @Test
  void callsAMisdeedThatItDoesNotKnowAFaultOfUsage() {
    VerbRun.of(new ContainVerb(), "WORLD_DOMINATION").assertUsage("contain", "WORLD_DOMINATION");
  }

  @Test
  void saysThatTheImageIsMissing() throws IOException {
    TestImage.use(Files.createDirectories(dir.resolve("empty")));
    try {
      VerbRun.of(new ContainVerb())
          .assertFailure(dir.resolve("empty/plugins/npa-hostile.jar") + ": no such file");
    } finally {
      TestImage.use(image);
    }
  }
}
