// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final String DOCUMENT =
      """
      {"a": [1, -0, 0.5, 1e3, -2.5E-7], "b": {"c": "x\\u00e9\\ud83d\\ude00\\n\\"\\\\\\/"},
       "d": true, "e": false, "f": null, "g": [], "h": {}, "": ""}
      """;

  @Test
  void readsEveryKindOfValue() throws Exception {
    JsonValue.Members document = (JsonValue.Members) read(DOCUMENT);

    assertThat(document.values().keySet()).containsExactly("a", "b", "d", "e", "f", "g", "h", "");
    assertThat(document.get("a").orElseThrow())
        .hasToString(
            "Items[values=[Number[literal=1], Number[literal=-0], Number[literal=0.5],"
                + " Number[literal=1e3], Number[literal=-2.5E-7]]]");
    JsonValue.Members inner = (JsonValue.Members) document.get("b").orElseThrow();
    assertThat(inner.get("c")).contains(new JsonValue.Text("x\u00e9\ud83d\ude00\n\"\\/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "[01]",
        "[+1]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[-]",
        "[0x1]",
        "[NaN]",
        "[Infinity]",
        "[tru]",
        "[nulL]",
        "1 2",
        "{}{}",
        "[1]/* */",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u\u0661\u0661\u0661\u0661\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"open",
        "\ufeff{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[123456789012345678901234567890123]"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining(" at ");
  }

  @Test
  void refusesWhatIsOverACap() {
    assertThatThrownBy(() -> read("[".repeat(17) + "]".repeat(17)))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining("deeper");
    assertThatThrownBy(() -> read("\"" + "a".repeat(JsonReader.MAX_STRING + 1) + "\""))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining("string");
    assertThatThrownBy(() -> read("[" + "0,".repeat(JsonReader.MAX_VALUES) + "0]"))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining("values");
    assertThatThrownBy(() -> read(" ".repeat(JsonReader.MAX_BYTES) + "0"))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0xaf, '"'};

    assertThatThrownBy(() -> JsonReader.read(overlong))
        .isInstanceOf(JsonSyntax.class)
        .hasMessageContaining("UTF-8");
  }

  /// Whatever it reads differently, it says so; it never fails in another way.
  @Test
  void decidesOnDamagedDocuments() {
    byte[] good = DOCUMENT.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20261123);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(JsonReader.read(bytes)).as("seed 20261123, round %d", round).isNotNull();
      } catch (JsonSyntax e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 20_000);
  }

  private static JsonValue read(String text) throws JsonSyntax {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
