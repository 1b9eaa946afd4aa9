// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

/// Bills of materials of the sample plugin, as text that a test can change.
final class TestBill {

  private TestBill() {}

  static String of(String licence) {
    return """
    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
     "metadata": {"component": {"type": "library", "name": "example.nic", "version": "1.4.2",
       "licenses": [{"expression": "%s"}],
       "properties": [{"name": "npa:package", "value": "example.nic"}]}},
     "components": []}
    """
        .formatted(licence);
  }

  /// With one part, written as JSON.
  static String with(String licence, String part) {
    return of(licence).replace("\"components\": []", "\"components\": [" + part + "]");
  }

  static String part(String licences, String covers) {
    return """
    {"type": "library", "name": "lib", "version": "1.0", "licenses": %s,
     "properties": [{"name": "npa:package", "value": "%s"}]}\
    """
        .formatted(licences, covers);
  }
}
