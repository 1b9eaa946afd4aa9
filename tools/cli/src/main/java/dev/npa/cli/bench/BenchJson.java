// SPDX-License-Identifier: MIT
package dev.npa.cli.bench;

import dev.npa.bench.QuickResult;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import dev.npa.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// The results of `npa bench` for programs.
final class BenchJson {
  private BenchJson() {}

  static void quick(List<QuickResult> results, PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeArrayFieldStart("results");
          for (QuickResult result : results) {
            double[] rates = result.framesPerSecond().values();
            json.writeStartObject();
            json.writeStringField("path", result.path());
            json.writeNumberField("frameBytes", result.frameBytes());
            json.writeFieldName("framesPerSecond");
            json.writeArray(rates, 0, rates.length);
            json.writeNumberField("median", result.framesPerSecond().median());
            json.writeNumberField("allocatedPerFrame", result.allocatedPerFrame());
            json.writeNumberField("lost", result.lost());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /// An object with one member per table: title, notes, and rows with a member per column.
  static void full(List<Table> tables, PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          for (Table table : tables) {
            json.writeObjectFieldStart(table.id());
            json.writeStringField("title", table.title());
            json.writeArrayFieldStart("rows");
            for (List<Cell> row : table.rows()) {
              json.writeStartObject();
              for (int i = 0; i < row.size(); i++) {
                switch (row.get(i)) {
                  case Cell.Words(String text) ->
                      json.writeStringField(table.columns().get(i), text);
                  case Cell.Number(double value, _) ->
                      json.writeNumberField(table.columns().get(i), value);
                }
              }
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String note : table.notes()) {
              json.writeString(note);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }
}
