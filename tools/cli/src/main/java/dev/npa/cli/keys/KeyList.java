// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.verifier.Printable;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.Holder;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The keys of a store and how long they are good.
record KeyList(String store, List<KeyEntry> entries, Instant now) {
  private static final long SOON_DAYS = 30;

  void printText(PrintWriter out) {
    for (KeyEntry entry : entries) {
      out.printf(
          "%-22s %-10s %-11s %s%n",
          Printable.text(entry.alias()),
          use(entry),
          entry.privateKey().getAlgorithm(),
          expiry(entry));
      out.println("    " + Pem.subject(entry.certificate()) + ", " + limits(entry.certificate()));
    }
  }

  void printJson(PrintWriter out) throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("store", store);
      json.writeArrayFieldStart("keys");
      for (KeyEntry entry : entries) {
        json.writeStartObject();
        json.writeStringField("alias", entry.alias());
        json.writeStringField("use", use(entry));
        json.writeStringField("algorithm", entry.privateKey().getAlgorithm());
        json.writeStringField("subject", entry.certificate().getSubjectX500Principal().toString());
        json.writeStringField("certificateId", BundleContents.certificateId(entry.certificate()));
        json.writeStringField("allows", limits(entry.certificate()));
        json.writeStringField("expires", entry.certificate().getNotAfter().toInstant().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  /// What the certificate is for, and what its holder may sign.
  static String limits(X509Certificate certificate) {
    try {
      CertificateUse use = CertificateUse.of(certificate);
      String words =
          use.words().isEmpty() ? "for nothing that npa signs" : String.join(", ", use.words());
      return words + use.holder().map(KeyList::limits).orElse("");
    } catch (IllegalArgumentException e) {
      return "unreadable: " + Printable.text(e.getMessage());
    }
  }

  private static String limits(Holder holder) {
    String devices =
        holder.pciVendors().stream()
            .map(id -> "%04x".formatted(id))
            .collect(Collectors.joining(", "));
    return holder.packages().isEmpty()
        ? ""
        : " for devices of " + devices + " in " + String.join(", ", holder.packages());
  }

  private static String use(KeyEntry entry) {
    if (entry.isAuthority()) {
      return "authority";
    }
    return entry.isUncertified() ? "uncertified" : "signing";
  }

  private String expiry(KeyEntry entry) {
    Instant end = entry.certificate().getNotAfter().toInstant();
    long days = Duration.between(now, end).toDays();
    if (end.isBefore(now)) {
      return "EXPIRED " + end + "; run npa keys rotate";
    }
    String left = "expires " + end + ", in " + words(days, "day");
    return days < SOON_DAYS ? left + "; run npa keys rotate" : left;
  }

  /// `1 key`, `2 keys`.
  static String words(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
