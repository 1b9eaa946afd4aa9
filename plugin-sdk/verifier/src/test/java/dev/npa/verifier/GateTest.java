// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.StageTiming.Stage;
import dev.npa.verifier.packaging.IdlePlugin;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final byte[] HARMLESS = signed("GPL-2.0-only", IdlePlugin.harmless());

  private static byte[] signed(String licence, byte[] plugin) {
    PluginManifest manifest =
        Samples.manifest(Optional.of(licence), Optional.of("https://example.com/source.tgz"));
    return Samples.signed(
        new PackageBuilder(manifest)
            .add("example/nic/Plugin.class", plugin)
            .addLicenceText("GPL-2.0-only")
            .build());
  }

  private static Admission admit(byte[] bytes) {
    return Gate.admit(bytes, Samples.ANCHORS, Samples.NOW);
  }

  private static VerifiedPlugin admitted(byte[] bytes) {
    return switch (admit(bytes).verdict()) {
      case Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin) -> plugin;
      case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) ->
          throw new AssertionError(refusals);
    };
  }

  private static List<Stage> stages(Admission admission) {
    return admission.timings().stream().map(StageTiming::stage).toList();
  }

  private static List<String> rules(Admission admission) {
    return switch (admission.verdict()) {
      case Verdict.Accepted<VerifiedPlugin> accepted -> List.of();
      case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) ->
          refusals.stream().map(refusal -> refusal.rule().id()).distinct().toList();
    };
  }

  @Test
  void admitsHarmlessPluginThroughAllFourStages() {
    assertThat(stages(admit(HARMLESS))).containsExactly(Stage.values());
    assertThat(rules(admit(HARMLESS))).isEmpty();
  }

  @Test
  void carriesIdentityFromManifestAndSignature() {
    VerifiedPlugin plugin = admitted(HARMLESS);

    assertThat(plugin.pluginId()).isEqualTo("example.nic");
    assertThat(plugin.version()).isEqualTo("1.4.2");
    assertThat(plugin.generation()).isEqualTo(3);
    assertThat(plugin.deviceIds()).hasToString("[8086:10ca, 8086:152d]");
    assertThat(plugin.licences()).containsExactly("GPL-2.0-only");
    assertThat(plugin.signerName()).isEqualTo("CN=Example NICs");
    assertThat(plugin.contentId()).hasSize(96);
    assertThat(plugin.packageBytes()).isEqualTo(HARMLESS);
  }

  @Test
  void holdsClassesToDefine() {
    VerifiedPlugin plugin = admitted(HARMLESS);

    assertThat(plugin.entryClass()).isEqualTo("example/nic/Plugin");
    assertThat(plugin.classNames()).contains("example/nic/Plugin");
    assertThat(plugin.bytes("example/nic/Plugin")).startsWith(0xca, 0xfe, 0xba, 0xbe);
    assertThat(plugin.report().classes()).isOne();
  }

  @Test
  void stopsAtSignatureWhenUnsigned() {
    Admission admission = admit(Samples.unsigned());

    assertThat(rules(admission)).containsExactly("NPA-S001");
    assertThat(stages(admission)).containsExactly(Stage.SIGNATURE);
  }

  @Test
  void stopsAtLicenceWhenNotGpl() {
    Admission admission = admit(signed("MIT OR GPL-2.0-only AND MIT", IdlePlugin.harmless()));

    assertThat(rules(admission)).containsExactly("NPA-L003");
    assertThat(stages(admission)).containsExactly(Stage.SIGNATURE, Stage.PACKAGE, Stage.LICENCE);
  }

  @Test
  void stopsAtBytecodeWhenPluginCallsRuntime() {
    Admission admission = admit(signed("GPL-2.0-only", IdlePlugin.callingRuntime()));

    assertThat(rules(admission)).isNotEmpty().allMatch(rule -> rule.startsWith("NPA-B"));
    assertThat(stages(admission)).containsExactly(Stage.values());
  }
}
