// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.Printable;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa trust show`: whom this host believes, and for how long yet.
final class TrustShowVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("show");
    spec.usageMessage().description("Show whom this host believes.");
    TrustStore.addOptionsTo(spec);
    spec.addOption(OutputFormat.option());
    Teaching.examples(spec, "npa trust show", "npa trust show --as guest --output json");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    TrustStore store = TrustStore.of(given);
    Instant now = Instant.now();
    Trust trust = store.trust(now);
    if (format == OutputFormat.JSON) {
      printJson(out, store, trust);
    } else {
      printText(out, store, trust, now);
    }
    return ExitCode.OK;
  }

  private static void printText(PrintWriter out, TrustStore store, Trust trust, Instant now) {
    out.println("store     " + store.directory());
    out.println(
        "policy    minimum level "
            + trust.policy().minimumLevel().label()
            + ", signatures "
            + algorithms(trust));
    out.println(
        trust
            .bundle()
            .map(bundle -> bundle.contents())
            .map(
                c ->
                    "bundle    #%d, %d days old, expires %s; %d revoked, %d denied"
                        .formatted(
                            c.serial(),
                            Duration.between(c.issued(), now).toDays(),
                            c.expires(),
                            c.revoked().size(),
                            c.denied().size()))
            .orElse("bundle    none"));
    print(out, "platform  ", trust.platformRoots());
    print(out, "enrolled  ", trust.enrolled());
    print(out, "timestamp ", trust.timestampRoots());
    trust
        .denied()
        .forEach(d -> out.println("denied    " + d.id() + " " + Printable.text(d.reason())));
  }

  private static void print(PrintWriter out, String label, List<X509Certificate> roots) {
    for (X509Certificate root : roots) {
      out.println(
          label + id(root) + " " + Pem.subject(root) + ", until " + root.getNotAfter().toInstant());
    }
  }

  private static String id(X509Certificate root) {
    return BundleContents.certificateId(root).substring(0, 16);
  }

  private static String algorithms(Trust trust) {
    return trust.policy().requiredAlgorithms().stream()
        .map(SignatureAlgorithm::label)
        .collect(Collectors.joining(" + "));
  }

  private static void printJson(PrintWriter out, TrustStore store, Trust trust) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("store", store.directory().toString());
          json.writeStringField("minimumLevel", trust.policy().minimumLevel().label());
          json.writeStringField("signatures", algorithms(trust));
          json.writeNumberField("highestSerial", store.serial());
          if (trust.bundle().isPresent()) {
            BundleContents contents = trust.bundle().get().contents();
            json.writeObjectFieldStart("bundle");
            json.writeNumberField("serial", contents.serial());
            json.writeStringField("issued", contents.issued().toString());
            json.writeStringField("expires", contents.expires().toString());
            json.writeEndObject();
          }
          write(json, "platform", trust.platformRoots());
          write(json, "enrolled", trust.enrolled());
          write(json, "timestamps", trust.timestampRoots());
          json.writeObjectFieldStart("denied");
          for (Denial denial : trust.denied()) {
            json.writeStringField(denial.id(), denial.reason());
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, String name, List<X509Certificate> roots)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (X509Certificate root : roots) {
      json.writeStartObject();
      json.writeStringField("id", id(root));
      json.writeStringField("subject", root.getSubjectX500Principal().toString());
      json.writeStringField("expires", root.getNotAfter().toInstant().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
