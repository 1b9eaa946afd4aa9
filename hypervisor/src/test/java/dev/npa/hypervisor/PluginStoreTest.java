// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.hypervisor.TestHost.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.DeviceId;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginStoreTest {
  private static final DeviceId KAWELA_VF = new DeviceId(0x8086, 0x10CA);
  private static final DeviceId OTHER = new DeviceId(0x8086, 0x1520);

  private final TestHost host = new TestHost();
  private final PluginStore store = host.store;

  @Test
  void choosesTheNewestPluginForTheDevice() throws Exception {
    assertThat(store.offer(TestPlugin.signed("1.9.0", KAWELA_VF)))
        .isInstanceOf(Verdict.Accepted.class);
    store.offer(TestPlugin.signed("1.10.0", KAWELA_VF));
    store.offer(TestPlugin.signed("1.2.0", KAWELA_VF));
    store.offer(TestPlugin.signed("7.0.0", OTHER));

    assertThat(store.choose(KAWELA_VF).map(VerifiedPlugin::version)).hasValue("1.10.0");
    assertThat(store.plugins()).hasSize(4);
  }

  @Test
  void refusesAnUnsignedPackage() throws Exception {
    assertThat(store.offer(TestPlugin.unsigned("1.0.0", KAWELA_VF)))
        .isInstanceOf(Verdict.Refused.class);

    assertThat(store.plugins()).isEmpty();
  }

  @Test
  void keepsAPackageOnce() throws Exception {
    byte[] bytes = TestPlugin.signed("1.0.0", KAWELA_VF);
    store.offer(bytes);
    store.offer(bytes);

    assertThat(store.plugins()).hasSize(1);
  }

  @Test
  void dropsWhatIsNoLongerTrusted() throws Exception {
    store.offer(TestPlugin.signed("1.0.0", KAWELA_VF));
    Trust stricter =
        Trust.of(TestHost.PKI.trustAnchors())
            .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.CERTIFIED));

    assertThat(store.trust(stricter)).hasSize(1);

    assertThat(store.plugins()).isEmpty();
    assertThat(store.offer(TestPlugin.signed("1.0.0", KAWELA_VF)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void dropsWhatTheOwnerOfTheHostDenies() throws Exception {
    byte[] bytes = TestPlugin.signed("1.0.0", KAWELA_VF);
    store.offer(bytes);
    String payload = store.plugins().getFirst().payloadId();
    Trust denying =
        Trust.of(TestHost.PKI.trustAnchors()).denying(List.of(new Denial(payload, "recalled")));

    assertThat(store.trust(denying)).hasSize(1);

    Verdict<VerifiedPlugin> again = store.offer(bytes);
    assertThat(again).isInstanceOf(Verdict.Refused.class);
    assertThat(((Verdict.Refused<VerifiedPlugin>) again).refusals())
        .extracting(Refusal::rule)
        .containsExactly(RuleId.T007_DENIED);
  }

  @Test
  void choosesNothingThatHasExpiredByThen() throws Exception {
    Instant[] clock = {TestHost.NOW};
    PluginStore aging = new PluginStore(TestHost.PKI.trustAnchors(), () -> clock[0]);
    aging.offer(TestPlugin.signed("1.0.0", KAWELA_VF));
    assertThat(aging.choose(KAWELA_VF)).isPresent();

    clock[0] = TestHost.NOW.plus(Duration.ofDays(31));

    assertThat(aging.choose(KAWELA_VF)).isEmpty();
  }

  @Test
  void choosesNothingByABundleThatHasExpiredUntilANewerOneComes() throws Exception {
    Instant[] clock = {TestHost.NOW};
    PluginStore aging = new PluginStore(TestHost.PKI.trustAnchors(), () -> clock[0]);
    Instant end = TestHost.NOW.plus(Duration.ofHours(1));
    aging.update(bundle(1, end));
    aging.offer(TestPlugin.signed("1.0.0", KAWELA_VF));

    clock[0] = end;
    assertThat(aging.choose(KAWELA_VF)).isEmpty();
    assertThat(aging.trust(aging.trust().denying(List.of()))).isEmpty();
    assertThat(aging.plugins()).hasSize(1);

    assertThat(aging.update(bundle(2, end.plus(Duration.ofHours(1)))))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(aging.choose(KAWELA_VF)).isPresent();
  }

  @Test
  void choosesAnOlderPluginWhenTheNewestIsRefusedByNow() throws Exception {
    store.offer(TestPlugin.signed("1.0.0", KAWELA_VF));
    store.offer(TestPlugin.signed("2.0.0", KAWELA_VF));
    String newest = store.choose(KAWELA_VF).orElseThrow().payloadId();

    store.trust(store.trust().denying(List.of(new Denial(newest, "recalled"))));

    assertThat(store.choose(KAWELA_VF).map(VerifiedPlugin::version)).hasValue("1.0.0");
  }

  private static byte[] bundle(long serial, Instant expires) throws GeneralSecurityException {
    BundleDraft draft =
        new BundleDraft(TestHost.NOW)
            .serial(serial)
            .expires(expires)
            .roots(TestHost.PKI.trustAnchors().roots());
    return BundleSigner.sign(
        draft.contents(), SigningRequest.of(TestHost.NOW, TestHost.PKI.bundleKey()));
  }

  @Test
  void injectsTheChosenPackageByteForByte() throws Exception {
    byte[] bytes = TestPlugin.signed("1.0.0", KAWELA_VF);
    store.offer(bytes);
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    assertThat(host.hypervisor.attachVf(vm)).isEqualTo(Attach.OFFERED);
    assertThat(guest.loadPlugin(TestGuest.REGION_BYTES)).isZero();

    assertThat(guest.injectedPackage()).isEqualTo(bytes);
  }
}
