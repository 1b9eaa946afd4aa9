// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.cli.demo.DemoReport.Direction;
import dev.npa.cli.demo.DemoReport.GuestPaths;
import dev.npa.cli.demo.DemoReport.RefusedPackage;
import dev.npa.cli.refusals.RefusalJson;
import dev.npa.shell.PathStatistics;
import dev.npa.shell.SwitchRecord;
import dev.npa.testbed.Flow;
import dev.npa.verifier.StageTiming;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/// The demo's report for programs: one JSON object.
final class DemoJson {
  private final JsonGenerator json;

  private DemoJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(DemoReport report, PrintWriter out) throws IOException {
    Json.print(out, json -> new DemoJson(json).write(report));
  }

  private void write(DemoReport report) throws IOException {
    json.writeBooleanField("perfect", report.perfect());
    json.writeStringField("capture", report.capture());
    json.writeNumberField("framesReplayed", report.framesReplayed());
    json.writeObjectFieldStart("leftOut");
    for (Map.Entry<String, Integer> reason : report.leftOut().entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("directions");
    for (Direction direction : report.directions()) {
      write(direction);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("guests");
    for (GuestPaths guest : report.guests()) {
      write(guest);
    }
    json.writeEndArray();
    writeThroughput(report.throughput());
    json.writeObjectFieldStart("gateNanos");
    for (StageTiming stage : report.gate()) {
      json.writeNumberField(stage.stage().name().toLowerCase(Locale.ROOT), stage.nanos());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("refused");
    for (RefusedPackage refused : report.refused()) {
      write(refused);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("switches");
    for (SwitchRecord record : report.switches()) {
      write(record);
    }
    json.writeEndArray();
    json.writeStringField("macChange", report.macChange());
    json.writeArrayFieldStart("failures");
    for (String failure : report.failures()) {
      json.writeString(failure);
    }
    json.writeEndArray();
  }

  private void write(Direction direction) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", direction.name());
    writeTally(direction.tally());
    json.writeObjectFieldStart("emulated");
    writeTally(direction.emulated());
    json.writeEndObject();
    json.writeObjectFieldStart("passthrough");
    writeTally(direction.passthrough());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeTally(Flow.Tally tally) throws IOException {
    json.writeNumberField("sent", tally.sent());
    json.writeNumberField("sentBytes", tally.sentBytes());
    json.writeNumberField("received", tally.received());
    json.writeNumberField("receivedBytes", tally.receivedBytes());
    json.writeNumberField("lost", tally.lost());
    json.writeNumberField("duplicated", tally.duplicated());
    json.writeNumberField("reordered", tally.reordered());
    json.writeNumberField("corrupted", tally.corrupted());
    json.writeNumberField("unexpected", tally.unexpected());
  }

  private void write(GuestPaths guest) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", guest.name());
    write("emulated", guest.emulated());
    write("passthrough", guest.passthrough());
    json.writeNumberField("framesResent", guest.framesResent());
    json.writeEndObject();
  }

  private void write(String name, PathStatistics path) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("framesSent", path.framesSent());
    json.writeNumberField("bytesSent", path.bytesSent());
    json.writeNumberField("framesReceived", path.framesReceived());
    json.writeNumberField("bytesReceived", path.bytesReceived());
    json.writeEndObject();
  }

  private void writeThroughput(Map<ModeThroughput.Paths, ModeThroughput.Share> shares)
      throws IOException {
    json.writeObjectFieldStart("delivered");
    for (ModeThroughput.Paths paths : ModeThroughput.Paths.values()) {
      ModeThroughput.Share share = shares.get(paths);
      if (share != null) {
        json.writeObjectFieldStart(paths.name().toLowerCase(Locale.ROOT));
        json.writeNumberField("nanos", share.nanos());
        json.writeNumberField("frames", share.frames());
        json.writeNumberField("bytes", share.bytes());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void write(RefusedPackage refused) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", refused.what());
    json.writeNumberField("framesMeanwhile", refused.framesMeanwhile());
    RefusalJson refusals = new RefusalJson(json);
    refusals.refusals("byStore", refused.byStore());
    refusals.refusals("byShell", refused.byShell());
    json.writeEndObject();
  }

  private void write(SwitchRecord record) throws IOException {
    json.writeStartObject();
    json.writeStringField("outcome", record.outcome().name());
    json.writeNumberField("heldNanos", record.heldNanos());
    json.writeNumberField("framesResent", record.framesResent());
    json.writeObjectFieldStart("steps");
    for (SwitchRecord.Step step : record.steps()) {
      json.writeNumberField(step.name(), step.nanos());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
