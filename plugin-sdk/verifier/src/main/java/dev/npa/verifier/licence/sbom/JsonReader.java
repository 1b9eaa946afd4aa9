// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads one JSON text (RFC 8259), stricter than the grammar where readers are known to differ: no
/// byte order mark, no repeated name, no NUL and no lone surrogate, however escaped; and under
/// caps, so that time and memory are bounded whatever the text.
public final class JsonReader {

  static final int MAX_BYTES = 256 << 10;
  static final int MAX_DEPTH = 16;
  static final int MAX_VALUES = 20_000;
  static final int MAX_STRING = 4096;
  static final int MAX_NUMBER = 32;

  private final String text;
  private int position;
  private int depth;
  private int values;

  private JsonReader(String text) {
    this.text = text;
  }

  /// Never throws anything else, whatever the bytes.
  ///
  /// @throws JsonSyntax if the bytes are not one JSON text in UTF-8 within the caps
  public static JsonValue read(byte[] utf8) throws JsonSyntax {
    if (utf8.length > MAX_BYTES) {
      throw new JsonSyntax("more than " + MAX_BYTES + " bytes, " + utf8.length, 0);
    }
    JsonReader reader;
    try {
      reader =
          new JsonReader(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonSyntax("not UTF-8", 0);
    }
    JsonValue value = reader.value();
    reader.skipSpace();
    if (reader.position < reader.text.length()) {
      throw reader.wrong("something follows the value");
    }
    return value;
  }

  private JsonValue value() throws JsonSyntax {
    if (++values > MAX_VALUES) {
      throw wrong("more than " + MAX_VALUES + " values");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> members();
      case '[' -> items();
      case '"' -> new JsonValue.Text(string());
      case 't' -> literal("true", new JsonValue.Bool(true));
      case 'f' -> literal("false", new JsonValue.Bool(false));
      case 'n' -> literal("null", new JsonValue.Nothing());
      default -> number();
    };
  }

  private JsonValue members() throws JsonSyntax {
    open();
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    boolean more = !closes('}');
    while (more) {
      skipSpace();
      int at = position;
      String name = string();
      skipSpace();
      expect(':');
      if (members.put(name, value()) != null) {
        position = at;
        throw wrong("a name repeated");
      }
      more = !ends('}');
    }
    return new JsonValue.Members(Collections.unmodifiableSequencedMap(members));
  }

  private JsonValue items() throws JsonSyntax {
    open();
    List<JsonValue> items = new ArrayList<>();
    boolean more = !closes(']');
    while (more) {
      items.add(value());
      more = !ends(']');
    }
    return new JsonValue.Items(items);
  }

  private void open() throws JsonSyntax {
    position++;
    if (++depth > MAX_DEPTH) {
      throw wrong("deeper than " + MAX_DEPTH);
    }
  }

  private boolean closes(char bracket) throws JsonSyntax {
    skipSpace();
    if (peek() != bracket) {
      return false;
    }
    position++;
    depth--;
    return true;
  }

  /// Behind a value: the bracket, or a comma and another value.
  private boolean ends(char bracket) throws JsonSyntax {
    if (closes(bracket)) {
      return true;
    }
    expect(',');
    return false;
  }

  private JsonValue literal(String word, JsonValue value) throws JsonSyntax {
    if (!text.startsWith(word, position)) {
      throw wrong("not a value");
    }
    position += word.length();
    return value;
  }

  private JsonValue number() throws JsonSyntax {
    int start = position;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    if (position - start > MAX_NUMBER) {
      throw wrong("a number of more than " + MAX_NUMBER + " characters");
    }
    return new JsonValue.Number(text.substring(start, position));
  }

  private void digits() throws JsonSyntax {
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    if (position == start) {
      throw wrong("not a value");
    }
  }

  private String string() throws JsonSyntax {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (!accept('"')) {
      char c = peek();
      if (c < ' ') {
        throw wrong("a control character in a string");
      }
      position++;
      out.append(c == '\\' ? escape() : c);
      if (out.length() > MAX_STRING) {
        throw wrong("a string of more than " + MAX_STRING + " characters");
      }
    }
    requirePairs(out);
    return out.toString();
  }

  private char escape() throws JsonSyntax {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() throws JsonSyntax {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("not four hexadecimal digits");
      }
      value = value << 4 | digit;
      position++;
    }
    if (value == 0) {
      throw wrong("an escaped NUL");
    }
    return (char) value;
  }

  private void requirePairs(CharSequence string) throws JsonSyntax {
    boolean halfPair = false;
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (Character.isLowSurrogate(c) != halfPair) {
        throw wrong("half a character");
      }
      halfPair = Character.isHighSurrogate(c);
    }
    if (halfPair) {
      throw wrong("half a character");
    }
  }

  private void skipSpace() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() throws JsonSyntax {
    if (position == text.length()) {
      throw wrong("the text ends too early");
    }
    return text.charAt(position);
  }

  private boolean accept(char c) {
    boolean found = position < text.length() && text.charAt(position) == c;
    if (found) {
      position++;
    }
    return found;
  }

  private void expect(char c) throws JsonSyntax {
    if (!accept(c)) {
      throw wrong("not the expected " + c);
    }
  }

  private JsonSyntax wrong(String what) {
    return new JsonSyntax(what, position);
  }
}
