// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import java.util.List;

/// Who holds a signing certificate, and what that certificate lets them sign.
///
/// @param name lower-case words joined by `.` or `-`, at most 64 characters: the vendor
/// @param pciVendors PCI vendor ids whose devices a plugin may claim, ascending, none twice, at
///   most 32; none for who only certifies
/// @param packages Java packages, `com.acme`: the plugin's classes lie in one of them or below;
///   ascending, none twice, at most 32
public record Holder(String name, List<Integer> pciVendors, List<String> packages) {

  private static final int MOST = 32;
  private static final String WORD = "[a-z0-9]+([.-][a-z0-9]+)*";
  private static final String PACKAGE = "[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*";

  /// @throws IllegalArgumentException if a part is not as described above
  public Holder {
    pciVendors = List.copyOf(pciVendors);
    packages = List.copyOf(packages);
    require(name.length() <= 64 && name.matches(WORD), "holder", name);
    require(pciVendors.size() <= MOST && ascending(pciVendors), "PCI vendors", pciVendors);
    require(pciVendors.stream().allMatch(id -> id >>> 16 == 0), "PCI vendors", pciVendors);
    require(packages.size() <= MOST && ascending(packages), "packages", packages);
    require(
        packages.stream().allMatch(p -> p.length() <= 200 && p.matches(PACKAGE)),
        "packages",
        packages);
  }

  /// A vendor: whose devices, whose packages.
  public static Holder vendor(String name, List<Integer> pciVendors, List<String> packages) {
    return new Holder(
        name,
        pciVendors.stream().sorted().distinct().toList(),
        packages.stream().sorted().distinct().toList());
  }

  /// Someone who signs no plugin of their own: certifies, timestamps or issues trust bundles.
  public static Holder platform(String name) {
    return new Holder(name, List.of(), List.of());
  }

  public boolean maySignFor(int pciVendor) {
    return pciVendors.contains(pciVendor);
  }

  /// @param internalName `com/acme/Plugin`
  public boolean maySignClass(String internalName) {
    return packages.stream().anyMatch(p -> internalName.startsWith(p.replace('.', '/') + "/"));
  }

  private static <T extends Comparable<T>> boolean ascending(List<T> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).compareTo(values.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean condition, String what, Object value) {
    if (!condition) {
      throw new IllegalArgumentException("not allowed as " + what + ": " + value);
    }
  }
}
