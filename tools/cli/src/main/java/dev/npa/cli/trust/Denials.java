// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.verifier.trust.BundleContents.Denial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Packages that the owner of a host does not let in, whoever signed them: id and reason.
///
/// @param reasons by content id or payload id
record Denials(Map<String, String> reasons) {
  static final String ID = "[0-9a-f]{96}";

  static Denials parse(String file, String text) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      String id = space < 0 ? line : line.substring(0, space);
      if (!id.matches(ID)) {
        throw new IOException(file + ": not a line of id and reason: " + line);
      }
      reasons.put(id, space < 0 ? "" : line.substring(space + 1));
    }
    return new Denials(reasons);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    reasons.forEach((id, reason) -> text.append(id).append(' ').append(reason).append('\n'));
    return text.toString();
  }

  /// As the gate takes them.
  List<Denial> list() {
    return reasons.entrySet().stream().map(e -> new Denial(e.getKey(), e.getValue())).toList();
  }
}
