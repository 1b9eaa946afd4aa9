// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A JSON value (RFC 8259), as {@link JsonReader} read it.
public sealed interface JsonValue {

  record Text(String value) implements JsonValue {}

  /// @param literal as written; nothing here computes with it
  record Number(String literal) implements JsonValue {}

  record Bool(boolean value) implements JsonValue {}

  record Nothing() implements JsonValue {}

  record Items(List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// Members in the order written, every name once.
  record Members(SequencedMap<String, JsonValue> values) implements JsonValue {

    public Optional<JsonValue> get(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }
}
