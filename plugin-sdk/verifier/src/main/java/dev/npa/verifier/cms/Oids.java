// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

/// Object identifiers of this project, all below one arc for UUIDs, which needs no registration
/// (ITU-T X.667).
public final class Oids {

  private static final String ARC = "2.25.328145846995546551694798627769906440421";

  /// Signed attribute npaBinding.
  public static final String BINDING = ARC;

  /// Certificate policies: what a certificate's holder may sign.
  public static final String POLICY_ORIGIN = ARC + ".1.1";

  public static final String POLICY_ACCEPTED = ARC + ".1.2";
  public static final String POLICY_CERTIFIED = ARC + ".1.3";

  /// Certificate extension npaHolder.
  public static final String HOLDER = ARC + ".2.1";

  /// Content type of a trust bundle.
  public static final String TRUST_BUNDLE = ARC + ".3.1";

  /// Extended key usage: signs trust bundles.
  public static final String PURPOSE_TRUST_BUNDLE = ARC + ".4.1";

  public static final String PURPOSE_CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  public static final String PURPOSE_TIMESTAMPING = "1.3.6.1.5.5.7.3.8";

  private Oids() {}
}
