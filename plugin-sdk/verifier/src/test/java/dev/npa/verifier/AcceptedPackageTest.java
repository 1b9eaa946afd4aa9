// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.Samples;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedPackageTest {

  private static final byte[] SIGNED = Samples.signed();

  static LicensedPlugin accepted(byte[] bytes) {
    return switch (check(bytes)) {
      case Verdict.Accepted<LicensedPlugin>(LicensedPlugin plugin) -> plugin;
      case Verdict.Refused<LicensedPlugin>(List<Refusal> refusals) ->
          throw new AssertionError(refusals);
    };
  }

  private static Verdict<LicensedPlugin> check(byte[] bytes) {
    return SignedPlugin.check(bytes, Samples.ANCHORS, Samples.NOW)
        .then(PluginArchive::read)
        .then(LicensedPlugin::check);
  }

  @Test
  void knowsWhoSignedIt() {
    assertThat(accepted(SIGNED).archive().signed().signerName()).isEqualTo("CN=Example NICs");
  }

  @Test
  void namesContentByDigestOfSignedRange() throws Exception {
    byte[] range = Samples.signedRange(SIGNED);
    String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-384").digest(range));

    assertThat(accepted(SIGNED).archive().signed().contentId()).isEqualTo(expected);
  }

  @Test
  void readsManifestAsBuilt() {
    assertThat(accepted(SIGNED).archive().manifest()).isEqualTo(Samples.manifest());
  }

  @Test
  void listsEntriesManifestFirst() {
    assertThat(accepted(SIGNED).archive().entryNames())
        .containsExactly(
            "META-INF/MANIFEST.MF",
            "META-INF/NPA.EC",
            "META-INF/NPA.SF",
            "META-INF/npa/licenses/GPL-2.0-only.txt",
            "example/nic/Plugin.class");
  }

  @Test
  void handsOutCopiesOnly() {
    SignedPlugin signed = accepted(SIGNED).archive().signed();
    signed.packageBytes()[0] ^= 1;
    accepted(SIGNED).archive().bytes("example/nic/Plugin.class")[0] ^= 1;

    assertThat(signed.packageBytes()).isEqualTo(SIGNED);
  }

  @Test
  void keepsItsOwnCopyOfBytes() {
    byte[] shared = SIGNED.clone();
    Verdict<SignedPlugin> verdict = SignedPlugin.check(shared, Samples.ANCHORS, Samples.NOW);
    Arrays.fill(shared, (byte) 0);

    assertThat(verdict.then(PluginArchive::read)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void takesFirstGplBranch() {
    assertThat(accepted(SIGNED).licences()).containsExactly("GPL-2.0-only");
  }
}
