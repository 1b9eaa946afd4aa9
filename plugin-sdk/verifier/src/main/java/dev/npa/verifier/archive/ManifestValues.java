// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import static dev.npa.verifier.PackageFormat.API_VERSION;
import static dev.npa.verifier.PackageFormat.API_VERSION_1;
import static dev.npa.verifier.PackageFormat.DEVICE_IDS;
import static dev.npa.verifier.PackageFormat.GENERATION;
import static dev.npa.verifier.PackageFormat.LICENCE;
import static dev.npa.verifier.PackageFormat.MAX_GENERATION;
import static dev.npa.verifier.PackageFormat.PLUGIN_CLASS;
import static dev.npa.verifier.PackageFormat.PLUGIN_ID;
import static dev.npa.verifier.PackageFormat.PLUGIN_ID_FORM;
import static dev.npa.verifier.PackageFormat.PLUGIN_VERSION;
import static dev.npa.verifier.PackageFormat.SIGNATURE;
import static dev.npa.verifier.PackageFormat.SOURCE;
import static dev.npa.verifier.PackageFormat.SOURCE_DIGEST;
import static dev.npa.verifier.PackageFormat.SOURCE_OFFER_UNTIL;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a {@link PluginManifest} of main attributes, and refuses every value that is not in its
/// one form.
record ManifestValues(Map<String, String> main, List<Refusal> refusals) {

  private static final int MAX_DEVICE_IDS = 32;

  /// @param refusals takes every value that is missing or malformed
  static PluginManifest read(Map<String, String> main, List<Refusal> refusals) {
    ManifestValues values = new ManifestValues(main, refusals);
    String number = "(0|[1-9][0-9]{0,8})";
    String identifier = "[A-Za-z_$][A-Za-z0-9_$]*";
    PluginManifest manifest =
        new PluginManifest(
            values.matching(PLUGIN_ID, PLUGIN_ID_FORM, "a lower-case id"),
            values.matching(PLUGIN_VERSION, number + "(\\." + number + "){2}", "as 1.4.2"),
            values.generation(),
            values.matching(
                PLUGIN_CLASS,
                "(?=.{1,200}$)" + identifier + "(\\." + identifier + ")*",
                "a class name as a.b.Plugin"),
            values.deviceIds(),
            Optional.ofNullable(main.get(LICENCE)),
            Optional.ofNullable(main.get(SOURCE)),
            Optional.ofNullable(main.get(SOURCE_DIGEST)),
            Optional.ofNullable(main.get(SOURCE_OFFER_UNTIL)));
    values.matching(API_VERSION, API_VERSION_1, API_VERSION_1);
    if (SignaturePromise.read(main.getOrDefault(SIGNATURE, "")).isEmpty()) {
      values.refuse(SIGNATURE, SignaturePromise.write(EnumSet.of(SignatureAlgorithm.EC_P384)));
    }
    return manifest;
  }

  private String matching(String name, String pattern, String wanted) {
    String value = main.getOrDefault(name, "");
    if (!value.matches(pattern)) {
      refuse(name, wanted);
    }
    return value;
  }

  private int generation() {
    String value = matching(GENERATION, "[1-9][0-9]{0,8}", "1 to " + MAX_GENERATION);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }

  private List<DeviceId> deviceIds() {
    String one = "[0-9a-f]{4}:[0-9a-f]{4}";
    String list = one + "(," + one + "){0," + (MAX_DEVICE_IDS - 1) + "}";
    String value = matching(DEVICE_IDS, list, "1 to 32 of vvvv:dddd in hex, joined by commas");
    List<DeviceId> ids = new ArrayList<>();
    if (!value.matches(list)) {
      return ids;
    }
    for (String id : value.split(",", -1)) {
      int vendor = Integer.parseInt(id, 0, 4, 16);
      DeviceId next = new DeviceId(vendor, Integer.parseInt(id, 5, 9, 16));
      if (!ids.isEmpty() && ids.getLast().compareTo(next) >= 0) {
        refuse(DEVICE_IDS, "them ascending, none twice");
        return ids;
      }
      ids.add(next);
    }
    return ids;
  }

  private void refuse(String name, String wanted) {
    String found = main.containsKey(name) ? "is " + main.get(name) : "is missing";
    refusals.add(
        new Refusal(
            RuleId.P013_MANIFEST_VALUE,
            new Location.Entry(PackageFormat.MANIFEST + " " + name),
            found,
            "write " + wanted));
  }
}
