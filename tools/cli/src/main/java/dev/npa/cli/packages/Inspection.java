// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.Digests;
import dev.npa.cli.Json;
import dev.npa.cli.PlainText;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.SignatureClaim;
import dev.npa.verifier.UnverifiedPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What is printed of a package that nobody has verified.
record Inspection(String name, int bytes, UnverifiedPackage found, boolean withEntries) {

  void printText(PrintWriter out) {
    out.println("UNVERIFIED: " + PlainText.of(name) + " says, and anybody could have written:");
    fields().forEach((label, value) -> out.printf("  %-11s %s%n", label, value));
    for (SignatureClaim claim : found.claims()) {
      out.printf("  %-11s %s%n", role(claim), text(claim));
      for (X509Certificate certificate : claim.certificates()) {
        out.printf(
            "    %s, %s to %s%n",
            Pem.subject(certificate),
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant());
      }
    }
    if (found.claims().isEmpty()) {
      out.println("  unsigned");
    }
    if (withEntries) {
      for (String entry : found.entryNames()) {
        byte[] content = found.bytes(entry);
        out.printf("  %8d %s %s%n", content.length, Digests.sha384(content), entry);
      }
    }
  }

  private Map<String, String> fields() {
    PluginManifest manifest = found.manifest();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("plugin", manifest.pluginId() + " " + manifest.version());
    fields.put("generation", Integer.toString(manifest.generation()));
    fields.put("class", manifest.entryClass());
    fields.put(
        "devices",
        manifest.deviceIds().stream().map(DeviceId::toString).collect(Collectors.joining(" ")));
    fields.put("licence", manifest.licence().orElse("not said"));
    fields.put("source", manifest.source().orElse("not said"));
    fields.put("content", "sha384:" + found.contentId());
    fields.put("payload", "sha384:" + found.payloadId());
    fields.put("size", bytes + " B, " + found.entryNames().size() + " entries");
    return fields;
  }

  private static String role(SignatureClaim claim) {
    return claim.binding().role().name().toLowerCase(Locale.ROOT);
  }

  private static String text(SignatureClaim claim) {
    String level = claim.binding().level().map(l -> " to level " + l.label()).orElse("");
    String timestamp = claim.timestamp().map(t -> ", timestamp " + t).orElse(", no timestamp");
    return claim.algorithm().label() + level + ", signed " + claim.signingTime() + timestamp;
  }

  void printJson(PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("file", name);
          json.writeBooleanField("verified", false);
          for (Map.Entry<String, String> field : fields().entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
          json.writeArrayFieldStart("signatures");
          for (SignatureClaim claim : found.claims()) {
            json.writeStartObject();
            json.writeStringField("role", role(claim));
            json.writeStringField("algorithm", claim.algorithm().label());
            json.writeStringField("signingTime", claim.signingTime().toString());
            if (claim.timestamp().isPresent()) {
              json.writeStringField("timestamp", claim.timestamp().get().toString());
            }
            json.writeArrayFieldStart("certificates");
            for (X509Certificate certificate : claim.certificates()) {
              json.writeString(certificate.getSubjectX500Principal().toString());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          if (withEntries) {
            json.writeObjectFieldStart("entries");
            for (String entry : found.entryNames()) {
              json.writeStringField(entry, Digests.sha384(found.bytes(entry)));
            }
            json.writeEndObject();
          }
        });
  }
}
