// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.VerbRun;
import dev.npa.cli.packages.VendorBench;
import dev.npa.cli.trust.TrustVerbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The judge is bash itself.
final class CompletionVerbTest {
  @TempDir private Path dir;

  @Test
  void completesVerbsInBash() throws Exception {
    assertThat(complete("npa", "tr")).containsExactly("trust");
    assertThat(complete("npa", "trust", "de")).containsExactly("deny");
  }

  @Test
  void completesOptionsInBash() throws Exception {
    assertThat(complete("npa", "trust", "deny", "--rea")).containsExactly("--reason");
  }

  @Test
  void tellsZshToReadWhatBashReads() {
    VerbRun run = completion("zsh");

    VendorBench.ok(run);
    assertThat(run.out()).startsWith("autoload -U +X compinit").contains("bashcompinit");
  }

  @Test
  void knowsNoOtherShell() {
    completion("fish").assertUsage("completion", "fish");
    VerbRun.of(verb()).assertUsage("completion", "SHELL");
  }

  /// What bash offers for the last word.
  private List<String> complete(String... words) throws IOException, InterruptedException {
    VerbRun run = completion("bash");
    VendorBench.ok(run);
    Path script = Files.writeString(dir.resolve("completion"), run.out());
    String ask =
        """
        source %s
        COMP_WORDS=(%s) COMP_CWORD=%d
        _complete_npa 2>/dev/null # compopt wants to be in an interactive shell
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }

  private static VerbRun completion(String shell) {
    return VerbRun.of(verb(), shell);
  }

  private static CompletionVerb verb() {
    return new CompletionVerb(
        () -> {
          CommandSpec npa = CommandSpec.create().name("npa");
          npa.addSubcommand("trust", TrustVerbs.all().spec());
          return new CommandLine(npa);
        });
  }
}
