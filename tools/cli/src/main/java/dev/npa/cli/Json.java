// SPDX-License-Identifier: MIT
package dev.npa.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;

/// How this command writes JSON: one indented object, then the end of the line.
public final class Json {
  private Json() {}

  /// What stands in an object.
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /// Prints one object.
  public static void print(PrintWriter out, Members members) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
    out.println();
  }
}
