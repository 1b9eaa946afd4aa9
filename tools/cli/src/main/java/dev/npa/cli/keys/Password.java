// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.UsageException;
import dev.npa.cli.files.InputFile;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The password of a key store or the PIN of a token, held until [#close] overwrites it.
///
/// Not held in a string but where Java hands out nothing else: an environment variable.
public final class Password implements AutoCloseable {
  private static final String FILE = "--password-file";
  private static final String ENVIRONMENT = "--password-env";
  private static final String STANDARD_VARIABLE = "NPA_PASSWORD";
  private static final int LIMIT_BYTES = 1024;
  private static final int MINIMUM_CHARACTERS = 8;

  private final char[] characters;

  private Password(char[] characters) {
    this.characters = characters;
  }

  static List<OptionSpec> options() {
    return List.of(
        OptionSpec.builder(FILE)
            .paramLabel("FILE")
            .type(String.class)
            .description("First line of FILE is the password. FILE must be its owner's alone.")
            .build(),
        OptionSpec.builder(ENVIRONMENT)
            .paramLabel("NAME")
            .type(String.class)
            .description(
                "Environment variable NAME holds the password. Default: NPA_PASSWORD if it is set,"
                    + " else ask.")
            .build());
  }

  /// The password of a store that is there.
  ///
  /// @param of whose password, for the prompt
  static Password ask(ParseResult given, String of) throws IOException {
    return given(given) ? read(given) : prompt("Password of " + of + ": ");
  }

  /// A password for a new store: at least eight characters, typed twice if typed.
  static Password choose(ParseResult given, String of) throws IOException {
    Password password = given(given) ? read(given) : chooseAtTerminal(of);
    if (password.characters.length < MINIMUM_CHARACTERS) {
      int length = password.characters.length;
      password.close();
      throw new UsageException(
          "the password has " + length + " characters, fewer than " + MINIMUM_CHARACTERS);
    }
    return password;
  }

  char[] characters() {
    return characters;
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  private static boolean given(ParseResult given) {
    if (given.hasMatchedOption(FILE) && given.hasMatchedOption(ENVIRONMENT)) {
      throw new UsageException(FILE + " and " + ENVIRONMENT + " are one too many");
    }
    return given.hasMatchedOption(FILE)
        || given.hasMatchedOption(ENVIRONMENT)
        || System.getenv(STANDARD_VARIABLE) != null;
  }

  private static Password read(ParseResult given) throws IOException {
    if (given.hasMatchedOption(FILE)) {
      return ofFile(given.matchedOptionValue(FILE, ""));
    }
    String name = given.matchedOptionValue(ENVIRONMENT, STANDARD_VARIABLE);
    String value = System.getenv(name);
    if (value == null) {
      throw new UsageException(ENVIRONMENT + " " + name + ": no such environment variable");
    }
    return new Password(value.toCharArray());
  }

  private static Password ofFile(String name) throws IOException {
    byte[] bytes = InputFile.readSecret(name, LIMIT_BYTES, "a password");
    CharBuffer text = CharBuffer.allocate(0);
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] characters = new char[end];
      text.get(characters);
      return new Password(characters);
    } catch (CharacterCodingException e) {
      throw new IOException(name + ": not a line of UTF-8 text", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      if (text.hasArray()) {
        Arrays.fill(text.array(), '\0');
      }
    }
  }

  private static Password chooseAtTerminal(String of) {
    Password first = prompt("New password of " + of + ": ");
    try (Password second = prompt("Again: ")) {
      if (!Arrays.equals(first.characters, second.characters)) {
        first.close();
        throw new UsageException("the two passwords differ");
      }
    }
    return first;
  }

  private static Password prompt(String question) {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(
                () ->
                    new UsageException(
                        "no terminal to ask for a password; give %s or %s"
                            .formatted(FILE, ENVIRONMENT)));
    char[] typed = console.readPassword("%s", question);
    if (typed == null) {
      throw new UsageException("no password was typed");
    }
    return new Password(typed);
  }
}
