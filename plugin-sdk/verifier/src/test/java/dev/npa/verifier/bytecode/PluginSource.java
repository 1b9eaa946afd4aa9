// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/// The source of a plugin `acme/P` whose entry points do nothing, but for what a test puts in.
final class PluginSource {
  static final String ENTRY = "acme/P";

  private final Map<String, String> bodies = new HashMap<>();
  private String header = "public final class P implements NpaPlugin";
  private String members = "";

  static PluginSource plugin() {
    return new PluginSource();
  }

  /// Fields, helpers and nested classes; an entry point among them takes the place of the idle one.
  PluginSource members(String text) {
    members += text + "\n";
    return this;
  }

  PluginSource header(String text) {
    header = text;
    return this;
  }

  /// Statements of an entry point, which may return; `return 0` follows.
  PluginSource body(String entryPoint, String statements) {
    bodies.put(entryPoint, statements);
    return this;
  }

  PluginSource poll(String statements) {
    return body("checkRxRing", statements);
  }

  SortedMap<String, byte[]> compile() {
    return Javac.compile(text());
  }

  String text() {
    return "package acme;\nimport dev.npa.plugin.*;\n"
        + header
        + " {\n"
        + members
        + entry("swInit", "")
        + entry("reinitRxRing", ", int queue")
        + entry("reinitTxRing", ", int queue")
        + entry("enableInterrupt", ", int intrIdx")
        + entry("disableInterrupt", ", int intrIdx")
        + entry("addFrameToTxRing", ", int queue, SendInfo info, SgList sgl, boolean lastPktHint")
        + entry("checkTxRing", ", int queue")
        + entry("checkRxRing", ", int queue, int maxPkts")
        + entry("addBuffersToRxRing", ", int queue")
        + "}\n";
  }

  /// The guard keeps `return 0` reachable for javac whatever the body does.
  private String entry(String name, String parameters) {
    if (members.contains("public int " + name + "(")) {
      return "";
    }
    String body = bodies.getOrDefault(name, "");
    String statements = body.isEmpty() ? "" : "if (ps.numRxQueues() > 0) { " + body + " }";
    return "  public int "
        + name
        + "(PluginState ps"
        + parameters
        + ") { "
        + statements
        + " return 0; }\n";
  }
}
