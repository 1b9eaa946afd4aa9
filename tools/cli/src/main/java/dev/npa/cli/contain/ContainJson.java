// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// A containment run as JSON.
final class ContainJson {
  private ContainJson() {}

  static void print(List<Trial> trials, int planned, PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeNumberField("planned", planned);
          json.writeNumberField("contained", trials.stream().filter(Trial::contained).count());
          json.writeArrayFieldStart("trials");
          for (Trial trial : trials) {
            write(trial, json);
          }
          json.writeEndArray();
        });
  }

  private static void write(Trial trial, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("misdeed", trial.misdeed());
    json.writeBooleanField("contained", trial.contained());
    json.writeBooleanField("ended", trial.ended());
    json.writeStringField("fault", trial.fault());
    json.writeStringField("endedBy", trial.endedByHost() ? "host" : "shell");
    json.writeNumberField("silenceNanos", trial.silenceNanos());
    json.writeNumberField("sent", trial.sent());
    json.writeNumberField("arrived", trial.arrived());
    json.writeNumberField("duplicated", trial.duplicated());
    json.writeNumberField("damaged", trial.damaged());
    json.writeNumberField("resent", trial.resent());
    json.writeNumberField("dropped", trial.dropped());
    json.writeNumberField("lost", trial.lost());
    json.writeNumberField("unaccounted", trial.unaccounted());
    json.writeEndObject();
  }
}
