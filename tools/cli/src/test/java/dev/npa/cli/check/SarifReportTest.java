// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.VerbRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What code-scanning services demand of SARIF 2.1.0 (sections 3.13, 3.19, 3.27, 3.36 to 3.38).
final class SarifReportTest {
  @TempDir Path dir;

  @Test
  void describesToolAndRules() throws IOException {
    Map<?, ?> log = log();
    assertThat(log.get("version")).isEqualTo("2.1.0");
    assertThat((String) log.get("$schema")).endsWith("sarif-schema-2.1.0.json");

    Map<?, ?> driver = map(map(run(log), "tool"), "driver");
    assertThat(driver.get("name")).isEqualTo("npa");
    Map<?, ?> rule = (Map<?, ?>) list(driver, "rules").getFirst();
    assertThat(rule.get("id")).isEqualTo("NPA-B010");
    assertThat((String) map(rule, "help").get("markdown")).startsWith("# NPA-B010");
  }

  @Test
  void placesAResultInTheSourceWithItsCallPath() throws IOException {
    Map<?, ?> run = run(log());
    Map<?, ?> result = (Map<?, ?>) list(run, "results").getFirst();

    assertThat(result.get("ruleId")).isEqualTo("NPA-B010");
    assertThat(result.get("ruleIndex")).isEqualTo(0L);
    assertThat((String) map(result, "message").get("text")).contains("java.lang.Runtime");
    Map<?, ?> location = (Map<?, ?>) list(result, "locations").getFirst();
    Map<?, ?> physical = map(location, "physicalLocation");
    assertThat((String) map(physical, "artifactLocation").get("uri"))
        .endsWith("com/acme/XgPlugin.java");
    assertThat(map(physical, "region").get("startLine")).isEqualTo(19L);
    Map<?, ?> flow = (Map<?, ?>) list(result, "codeFlows").getFirst();
    Map<?, ?> thread = (Map<?, ?>) list(flow, "threadFlows").getFirst();
    assertThat(list(thread, "locations")).hasSize(2);
  }

  @Test
  void keepsItsFingerprintWhenLinesMove() throws IOException {
    Map<?, ?> before = (Map<?, ?>) list(run(log()), "results").getFirst();
    Map<?, ?> after =
        (Map<?, ?>) list(run(log(VendorProject.hostileFurtherDown(dir))), "results").getFirst();

    String print = (String) map(before, "partialFingerprints").get("npaCause/v1");
    assertThat(print).matches("[0-9a-f]{64}");
    assertThat(map(after, "partialFingerprints").get("npaCause/v1")).isEqualTo(print);
  }

  private Map<?, ?> log() throws IOException {
    return log(VendorProject.hostile(dir));
  }

  private static Map<?, ?> log(VendorProject project) throws IOException {
    return VerbRun.of(new CheckVerb(), project.classes().toString(), "--output", "sarif").json();
  }

  private static Map<?, ?> run(Map<?, ?> log) {
    assertThat(list(log, "runs")).hasSize(1);
    return (Map<?, ?>) list(log, "runs").getFirst();
  }

  private static Map<?, ?> map(Map<?, ?> in, String name) {
    return (Map<?, ?>) in.get(name);
  }

  private static List<?> list(Map<?, ?> in, String name) {
    return (List<?>) in.get(name);
  }
}
