// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.UsageException;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.trust.Holder;
import java.util.Arrays;
import java.util.Locale;

/// What a key is for; its certificate says so, and it can be used for nothing else.
enum KeyUse {
  /// A vendor's signature on its plugins.
  ORIGIN {
    @Override
    CertificateUse certificateUse(Holder holder) {
      return CertificateUse.origin(holder);
    }
  },
  /// The platform's signature on a vendor's package, up to level certified.
  CERTIFICATION {
    @Override
    CertificateUse certificateUse(Holder holder) {
      return CertificateUse.certification(holder.name(), AcceptanceLevel.CERTIFIED);
    }
  },
  /// The platform's signature on trust bundles.
  BUNDLE {
    @Override
    CertificateUse certificateUse(Holder holder) {
      return CertificateUse.trustBundle();
    }
  };

  abstract CertificateUse certificateUse(Holder holder);

  /// @throws UsageException if it is none of them
  static KeyUse parse(String option, String text) {
    return Arrays.stream(values())
        .filter(use -> use.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    option + " " + text + " is none of origin, certification, bundle"));
  }
}
