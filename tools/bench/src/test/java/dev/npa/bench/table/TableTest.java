// SPDX-License-Identifier: MIT
package dev.npa.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private static final Table TABLE =
      new Table(
          "t",
          "A title",
          List.of("what", "Mpps"),
          List.of(
              List.of(Cell.of("one, way"), Cell.of(12.3456, 2)),
              List.of(Cell.of("a \"way\""), Cell.of(1234567.0, 2))),
          List.of("a note"));

  @Test
  void alignsWordsToTheLeftAndNumbersToTheRight() {
    StringWriter out = new StringWriter();
    TABLE.print(new PrintWriter(out));

    assertThat(out.toString().lines())
        .containsExactly(
            "A title",
            "what              Mpps",
            "one, way         12.35",
            "a \"way\"   1,234,567.00",
            "  a note",
            "");
  }

  @Test
  void writesEveryDigitAsCsvAndQuotesWhatNeedsIt() {
    assertThat(TABLE.csv())
        .isEqualTo("what,Mpps\r\n\"one, way\",12.3456\r\n\"a \"\"way\"\"\",1234567.0\r\n");
  }

  @Test
  void hasACellForEveryColumn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Table(
                    "t", "T", List.of("a", "b"), List.of(List.of(Cell.of("only"))), List.of()));
  }
}
