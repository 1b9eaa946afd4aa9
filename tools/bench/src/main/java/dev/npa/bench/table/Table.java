// SPDX-License-Identifier: MIT
package dev.npa.bench.table;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Results with the same columns; printed as text here, as CSV by [#csv], as JSON by the command.
///
/// @param id a file name without its ending, `[a-z0-9-]+`
/// @param title what was measured, in words
/// @param notes what a reader must know to judge the figures
public record Table(
    String id, String title, List<String> columns, List<List<Cell>> rows, List<String> notes) {

  private static final String GAP = "  ";

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    if (Set.copyOf(columns).size() != columns.size()) {
      throw new IllegalArgumentException(id + ": two columns of one name in " + columns);
    }
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            id + ": " + row.size() + " cells in " + columns.size() + " columns");
      }
    }
  }

  /// For people: columns aligned, numbers to the right.
  public void print(PrintWriter out) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).length();
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).text().length());
      }
    }
    out.println(title);
    List<String> heads = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      boolean words = rows.isEmpty() || rows.getFirst().get(i) instanceof Cell.Words;
      heads.add(pad(columns.get(i), widths[i], words));
    }
    out.println(String.join(GAP, heads).stripTrailing());
    for (List<Cell> row : rows) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        texts.add(pad(row.get(i).text(), widths[i], row.get(i) instanceof Cell.Words));
      }
      out.println(String.join(GAP, texts).stripTrailing());
    }
    notes.forEach(note -> out.println("  " + note));
    out.println();
  }

  private static String pad(String text, int width, boolean left) {
    String blanks = " ".repeat(width - text.length());
    return left ? text + blanks : blanks + text;
  }

  /// RFC 4180, a header line first.
  public String csv() {
    StringBuilder csv = new StringBuilder();
    line(csv, columns);
    for (List<Cell> row : rows) {
      line(csv, row.stream().map(Table::raw).toList());
    }
    return csv.toString();
  }

  private static String raw(Cell cell) {
    return switch (cell) {
      case Cell.Words(String text) -> text;
      case Cell.Number(double value, int decimals) ->
          decimals == 0 ? Long.toString((long) value) : Double.toString(value);
    };
  }

  private static void line(StringBuilder csv, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      boolean quote = field.contains(",") || field.contains("\"") || field.contains("\n");
      csv.append(i == 0 ? "" : ",");
      csv.append(quote ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    csv.append("\r\n");
  }
}
