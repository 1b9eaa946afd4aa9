// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Writes the table of attacks, rule ids and tests to `target/attacks.md`. That each row is refused
/// is what the tests named in it show.
class AttackTableTest {

  @Test
  void listsEveryAttackWithRuleAndTest() throws IOException {
    List<String> rows = new ArrayList<>();
    PackageFixtures.groups()
        .forEach(
            (source, attacks) ->
                attacks.forEach(
                    attack ->
                        rows.add(
                            "| %s | %s | RefusedPackagesTest, %s |"
                                .formatted(
                                    Printable.text(attack.name()), attack.rule().id(), source))));
    List<String> table = new ArrayList<>(List.of("| attack | rule | test |", "|---|---|---|"));
    table.addAll(rows);
    Files.write(Path.of("target", "attacks.md"), table);

    assertThat(rows).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
  }
}
