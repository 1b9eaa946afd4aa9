// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.UsageException;
import dev.npa.cli.files.InputFile;
import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.licence.source.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What a plugin says about itself, from options and from a text file with lines `name = value`.
/// The names are those of the options; an option stands above the file.
record Descriptor(Map<String, String> values) {
  private static final String FILE = "--descriptor";
  private static final int LIMIT_BYTES = 64 << 10;

  /// Name, parameter, description; in the order of the help text.
  private static final List<List<String>> FIELDS =
      List.of(
          List.of("id", "ID", "Plugin id: lower-case words joined by . or -"),
          List.of("version", "N.N.N", "Version, three numbers."),
          List.of("generation", "N", "Raised when older packages must no longer load. Default: 1."),
          List.of("class", "CLASS", "Class that implements NpaPlugin, as a.b.Plugin."),
          List.of("devices", "VVVV:DDDD,...", "PCI vendor and device of each function it drives."),
          List.of("licence", "EXPRESSION", "SPDX expression with the GPL as one choice."),
          List.of(
              "sources",
              "PATH,...",
              "The source, files and directories below this one, to put into the package."),
          List.of("source", "URL", "Where the source is, if it is not in the package."),
          List.of("source-digest", "sha384:HEX", "Of that archive; npa source pack prints it."),
          List.of(
              "offer-until", "DATE", "The source stays there until then: three years or more."));

  static void addOptionsTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(FILE)
            .paramLabel("FILE")
            .type(String.class)
            .description("Text file with lines name = value; names as the options below.")
            .build());
    for (List<String> field : FIELDS) {
      spec.addOption(
          OptionSpec.builder("--" + field.getFirst())
              .paramLabel(field.get(1))
              .type(String.class)
              .description(field.get(2))
              .build());
    }
  }

  static Descriptor of(ParseResult given) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    if (given.hasMatchedOption(FILE)) {
      String file = given.matchedOptionValue(FILE, "");
      byte[] bytes = InputFile.readAll(file, LIMIT_BYTES, "a descriptor");
      values.putAll(parse(file, new String(bytes, StandardCharsets.UTF_8)));
    }
    for (List<String> field : FIELDS) {
      String option = "--" + field.getFirst();
      if (given.hasMatchedOption(option)) {
        values.put(field.getFirst(), given.matchedOptionValue(option, ""));
      }
    }
    return new Descriptor(values);
  }

  private static Map<String, String> parse(String file, String text) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      if (FIELDS.stream().noneMatch(field -> field.getFirst().equals(name))) {
        throw wrong(file, number, "not one of " + names() + " = value: " + line);
      }
      if (values.put(name, line.substring(equals + 1).strip()) != null) {
        throw wrong(file, number, name + " is there twice");
      }
    }
    return values;
  }

  private static IOException wrong(String file, int line, String what) {
    return new IOException(file + ":" + line + ": " + what);
  }

  private static List<String> names() {
    return FIELDS.stream().map(List::getFirst).toList();
  }

  /// What goes into the manifest. Whether the gate accepts the values is for the gate to say.
  PluginManifest manifest() {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("id", "version", "class", "devices", "licence")) {
      if (values.getOrDefault(name, "").isEmpty()) {
        missing.add("--" + name);
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          "not said: " + String.join(" ", missing) + "; give the options or a " + FILE);
    }
    return new PluginManifest(
        values.get("id"),
        values.get("version"),
        number("generation", values.getOrDefault("generation", "1")),
        values.get("class"),
        deviceIds(values.get("devices")),
        Optional.of(values.get("licence")),
        Optional.of(values.getOrDefault("source", SourceFiles.DIRECTORY)),
        Optional.ofNullable(values.get("source-digest")),
        Optional.ofNullable(values.get("offer-until")));
  }

  /// The source to put into the package.
  Map<String, byte[]> sources() throws IOException {
    String names = values.getOrDefault("sources", "");
    return names.isEmpty() ? Map.of() : SourceList.of(names, values.get("licence")).entries();
  }

  private static int number(String name, String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new UsageException("--" + name + " " + text + " is not a number from 1 to 999999999");
    }
    return Integer.parseInt(text);
  }

  /// In the order of the manifest, each once.
  private static List<DeviceId> deviceIds(String text) {
    TreeSet<DeviceId> ids = new TreeSet<>();
    for (String id : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      String one = id.strip();
      if (!one.matches("[0-9a-f]{4}:[0-9a-f]{4}")) {
        throw new UsageException("--devices " + id + " is not vvvv:dddd in hexadecimal");
      }
      ids.add(new DeviceId(Integer.parseInt(one, 0, 4, 16), Integer.parseInt(one, 5, 9, 16)));
    }
    return List.copyOf(ids);
  }
}
