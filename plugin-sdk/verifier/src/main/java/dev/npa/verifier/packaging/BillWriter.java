// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.Component;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the bill of materials of a package: CycloneDX 1.6, the same bytes for the same content,
/// so without the time and the random serial number that the format would like to have.
final class BillWriter {

  private final StringBuilder out = new StringBuilder();

  private BillWriter() {}

  /// @param parts what the plugin brings along
  static byte[] write(PluginManifest manifest, List<Component> parts) {
    return new BillWriter().document(manifest, parts).getBytes(StandardCharsets.UTF_8);
  }

  private String document(PluginManifest manifest, List<Component> parts) {
    out.append(
        "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n");
    out.append("  \"metadata\": {\n    \"component\": ");
    String entryClass = manifest.entryClass();
    int dot = entryClass.lastIndexOf('.');
    component(
        manifest.pluginId(),
        manifest.version(),
        manifest.licence().orElse(""),
        "",
        dot < 0 ? List.of() : List.of(entryClass.substring(0, dot)),
        List.of());
    out.append("\n  },\n  \"components\": [");
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      Component part = parts.get(i);
      component(
          part.name(),
          part.version(),
          part.licence(),
          part.copyright().orElse(""),
          part.packages(),
          part.classes());
    }
    return out.append("]\n}\n").toString();
  }

  private void component(
      String name,
      String version,
      String licence,
      String copyright,
      List<String> packages,
      List<String> classes) {
    out.append("{\n      \"type\": \"library\",\n      \"name\": ").append(quoted(name));
    out.append(",\n      \"version\": ").append(quoted(version));
    if (!licence.isEmpty()) {
      out.append(",\n      \"licenses\": [{\"expression\": ").append(quoted(licence)).append("}]");
    }
    if (!copyright.isEmpty()) {
      out.append(",\n      \"copyright\": ").append(quoted(copyright));
    }
    out.append(",\n      \"properties\": [");
    String separator = "";
    for (String covered : packages) {
      out.append(separator).append(property(BillOfMaterials.PACKAGE, covered));
      separator = ", ";
    }
    for (String covered : classes) {
      out.append(separator).append(property(BillOfMaterials.CLASS, covered));
      separator = ", ";
    }
    out.append("]\n    }");
  }

  private static String property(String name, String value) {
    return "{\"name\": " + quoted(name) + ", \"value\": " + quoted(value) + "}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
