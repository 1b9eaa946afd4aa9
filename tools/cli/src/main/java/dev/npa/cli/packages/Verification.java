// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.cli.PlainText;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.cli.trust.TrustStore;
import dev.npa.verifier.Admission;
import dev.npa.verifier.Gate;
import dev.npa.verifier.PackageSignature;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What the gate says about one package on one host, and how it is printed.
record Verification(
    String name,
    int bytes,
    Trust trust,
    Instant at,
    LicencePolicy policy,
    Verdict<VerifiedPlugin> verdict,
    List<StageTiming> timings) {

  static Verification of(
      String name, byte[] bytes, TrustStore store, Instant at, LicencePolicy policy)
      throws IOException {
    Trust trust = store.trust(at);
    Admission admission = Gate.admit(bytes, trust, at, policy);
    return new Verification(
        name, bytes.length, trust, at, policy, admission.verdict(), admission.timings());
  }

  RefusalReport report() {
    return new RefusalReport(
        switch (verdict) {
          case Verdict.Accepted<VerifiedPlugin> _ -> List.of();
          case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) -> refusals;
        });
  }

  void printText(PrintWriter out) {
    switch (verdict) {
      case Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin) -> printAccepted(plugin, out);
      case Verdict.Refused<VerifiedPlugin> _ -> printRefused(out);
    }
  }

  private void printAccepted(VerifiedPlugin plugin, PrintWriter out) {
    out.println(plugin.pluginId() + " " + plugin.version() + "      " + bytes + " B");
    out.println("  content    sha384:" + plugin.contentId());
    out.println("  payload    sha384:" + plugin.payloadId());
    out.println("  structure  ok   NPA-ZIP-1, " + plugin.report().classes() + " classes");
    String label = "  signature  ";
    for (PackageSignature signature : plugin.signatures()) {
      out.println(label + "ok   " + words(signature));
      label = "             ";
      if (signature.timestamp().isPresent()) {
        var timestamp = signature.timestamp().get();
        out.println(label + "ok   timestamp " + timestamp.time() + ", " + timestamp.authority());
      }
    }
    out.println(
        "  trust      ok   " + bundle() + ", generation " + plugin.generation() + ", not denied");
    out.println("  licence    ok   " + String.join(" and ", plugin.licences()) + underPolicy());
    var report = plugin.report();
    // Not by a format: its first use costs a cold start 10 ms, for the locale's digits.
    out.println(
        "  bytecode   ok   "
            + report.methods()
            + " methods, "
            + report.instructions()
            + " instructions, "
            + report.loopsProved()
            + " loops proved, "
            + report.loopsMetered()
            + " metered, "
            + report.nanos() / 1_000_000
            + " ms");
    out.println(
        "ACCEPTED at level "
            + plugin.level().label()
            + " (host minimum: "
            + trust.policy().minimumLevel().label()
            + ")");
  }

  private void printRefused(PrintWriter out) {
    out.println(PlainText.of(name) + "      " + bytes + " B");
    for (StageTiming timing : timings) {
      boolean refusing = timing.equals(timings.getLast());
      out.printf("  %-10s %s%n", label(timing), refusing ? "REFUSED" : "ok");
    }
    report().printText(out);
    out.println("REFUSED");
  }

  /// Nothing where it is what every host of this project asks for.
  private String underPolicy() {
    return switch (policy) {
      case GPL -> "";
      case COMPATIBLE -> " (policy compatible)";
    };
  }

  private static String label(StageTiming timing) {
    return timing.stage().name().toLowerCase(Locale.ROOT);
  }

  private static String words(PackageSignature signature) {
    return signature.binding().role().name().toLowerCase(Locale.ROOT)
        + " "
        + signature.signer()
        + ", "
        + signature.algorithm().label()
        + ", "
        + signature.signingTime();
  }

  private String bundle() {
    return trust
        .bundle()
        .map(b -> b.contents())
        .map(
            c ->
                "bundle #%d (%d days old)"
                    .formatted(c.serial(), Duration.between(c.issued(), at).toDays()))
        .orElse("no bundle");
  }

  void printJson(PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("file", name);
          json.writeNumberField("bytes", bytes);
          json.writeStringField("at", at.toString());
          switch (verdict) {
            case Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin) -> {
              json.writeStringField("verdict", "accepted");
              json.writeStringField("level", plugin.level().label());
              json.writeStringField("id", plugin.pluginId());
              json.writeStringField("version", plugin.version());
              json.writeNumberField("generation", plugin.generation());
              json.writeStringField("contentId", plugin.contentId());
              json.writeStringField("payloadId", plugin.payloadId());
              writeSignatures(json, plugin.signatures());
            }
            case Verdict.Refused<VerifiedPlugin> _ -> json.writeStringField("verdict", "refused");
          }
          json.writeStringField("minimumLevel", trust.policy().minimumLevel().label());
          json.writeStringField("licencePolicy", policy.name().toLowerCase(Locale.ROOT));
          report().writeJson(json);
          json.writeObjectFieldStart("stageNanos");
          for (StageTiming timing : timings) {
            json.writeNumberField(label(timing), timing.nanos());
          }
          json.writeEndObject();
        });
  }

  private static void writeSignatures(JsonGenerator json, List<PackageSignature> signatures)
      throws IOException {
    json.writeArrayFieldStart("signatures");
    for (PackageSignature signature : signatures) {
      json.writeStartObject();
      json.writeStringField("role", signature.binding().role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("algorithm", signature.algorithm().label());
      json.writeStringField("signer", signature.signer());
      json.writeStringField("signingTime", signature.signingTime().toString());
      if (signature.timestamp().isPresent()) {
        json.writeStringField("timestamp", signature.timestamp().get().time().toString());
        json.writeStringField("authority", signature.timestamp().get().authority());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
