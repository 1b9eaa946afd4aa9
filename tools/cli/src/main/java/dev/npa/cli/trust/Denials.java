// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Packages that the owner of a host does not let in, whoever signed them: id and reason.
///
/// @param reasons by content id or payload id
public record Denials(Map<String, String> reasons) {
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

  /// Why a package is not let in, if so.
  public Optional<Refusal> objection(String contentId, String payloadId) {
    for (String id : new String[] {contentId, payloadId}) {
      if (reasons.containsKey(id)) {
        return Optional.of(
            new Refusal(
                RuleId.T007_DENIED,
                new Location.Package("package"),
                id + " is denied on this host: " + reasons.get(id),
                "use another version, or run npa trust remove " + id));
      }
    }
    return Optional.empty();
  }
}
