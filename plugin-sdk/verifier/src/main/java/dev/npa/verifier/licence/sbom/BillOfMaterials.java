// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import java.util.ArrayList;
import java.util.List;

/// What a package is made of: the plugin itself and what it brings along.
///
/// A CycloneDX 1.4 to 1.6 JSON document. Two properties, which may be repeated, say which classes a
/// component covers: {@link #PACKAGE}, a Java package and all below it, and {@link #CLASS}, one
/// class and those nested in it. The longest name wins, and a class wins over a package. The
/// document's main component, `metadata.component`, is the plugin, and may cover only what its
/// signer may sign; everything else is somebody's, and says whose.
///
/// @param main the plugin itself
/// @param parts what it brings along, in the order listed
public record BillOfMaterials(Component main, List<Component> parts) {

  /// Where it is in a plugin package.
  public static final String ENTRY = "META-INF/npa/sbom.cdx.json";

  public static final String PACKAGE = "npa:package";
  public static final String CLASS = "npa:class";

  public BillOfMaterials {
    parts = List.copyOf(parts);
  }

  /// The plugin first.
  public List<Component> components() {
    List<Component> all = new ArrayList<>();
    all.add(main);
    all.addAll(parts);
    return all;
  }
}
