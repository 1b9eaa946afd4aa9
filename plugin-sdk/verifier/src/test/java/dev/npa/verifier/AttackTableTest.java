// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Writes the table of attacks, rule ids and tests to `target/attacks.md`. That each row is refused
/// is what the tests named in it show.
class AttackTableTest {

  private static final Map<String, Stream<Attack>> GROUPS = groups();

  private static Map<String, Stream<Attack>> groups() {
    Map<String, Stream<Attack>> groups = new TreeMap<>();
    groups.put("SignatureAttacks", SignatureAttacks.all());
    groups.put("DerAttacks", DerAttacks.all());
    groups.put("SignerAttacks", SignerAttacks.all());
    groups.put("TimestampAttacks", TimestampAttacks.all());
    groups.put("TrustAttacks", TrustAttacks.all());
    groups.put("JarSignatureAttacks", JarSignatureAttacks.all());
    groups.put("ArchiveAttacks", ArchiveAttacks.all());
    groups.put("ManifestAttacks", ManifestAttacks.all());
    return groups;
  }

  @Test
  void listsEveryAttackWithRuleAndTest() throws IOException {
    List<String> rows = new ArrayList<>();
    GROUPS.forEach(
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
