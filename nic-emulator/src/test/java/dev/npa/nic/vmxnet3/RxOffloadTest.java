// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RxOffloadTest {
  private static final String V6 =
      "00000000000000000000000000000001 00000000000000000000000000000001";
  private static final byte[] TCP4 =
      Frames.ethernet(
          "0800",
          "45000028 00010000 40067ccd 7f000001 7f000001"
              + "0014 0050 00000000 00000000 5002 2000 917c 0000");
  private static final byte[] UDP6 =
      Frames.ethernet("86dd", "60000000 0009 11 40" + V6 + "0035 0035 0009 8770 78");
  private static final int BASE = RxCompletion.TYPE | RxCompletion.FCS_OK;

  private final TestGuest guest = new TestGuest(4);

  private void start(int features) {
    guest.setInt(TestGuest.SHARED + DriverShared.UPT_FEATURES, features);
    guest.setInt(TestGuest.SHARED + DriverShared.VLAN_TABLE, 1 << 5);
    guest.start();
    for (int q = 0; q < 4; q++) {
      for (int i = 0; i < 8; i++) {
        guest.putRx(q, 0, TestGuest.RX_BUFFERS + (q * 8L + i) * 2048, 2048, 0);
      }
    }
  }

  private int[] flags(byte[] frame) {
    guest.receive(frame);
    return guest.nextRxCompletion();
  }

  @Test
  void verifiesChecksums() {
    start(DriverShared.FEATURE_RX_CHECKSUM);
    int ok = RxCompletion.IP_CHECKSUM_OK | RxCompletion.TRANSPORT_CHECKSUM_OK;

    int[] tcp4 = flags(TCP4);
    assertThat(tcp4[3]).isEqualTo(BASE | ok | RxCompletion.IPV4 | RxCompletion.TCP);
    assertThat(tcp4[0] & RxCompletion.CHECKSUM_NOT_CALCULATED).isZero();
    assertThat(flags(UDP6)[3])
        .isEqualTo(
            BASE | RxCompletion.TRANSPORT_CHECKSUM_OK | RxCompletion.IPV6 | RxCompletion.UDP);
  }

  @Test
  void reportsWrongChecksums() {
    start(DriverShared.FEATURE_RX_CHECKSUM);
    byte[] badIp = TCP4.clone();
    badIp[24] ^= 1;
    byte[] badTcp = TCP4.clone();
    badTcp[50] ^= 1;

    int tcp4 = BASE | RxCompletion.IPV4 | RxCompletion.TCP;
    assertThat(flags(badIp)[3]).isEqualTo(tcp4 | RxCompletion.TRANSPORT_CHECKSUM_OK);
    assertThat(flags(badTcp)[3]).isEqualTo(tcp4 | RxCompletion.IP_CHECKSUM_OK);
  }

  @Test
  void marksFragmentsAndOtherProtocols() {
    start(DriverShared.FEATURE_RX_CHECKSUM);
    byte[] fragment = TCP4.clone();
    fragment[20] = 0x20;

    assertThat(flags(fragment)[3]).isEqualTo(BASE | RxCompletion.IPV4 | RxCompletion.FRAGMENT);
    assertThat(flags(Frames.plain(TestGuest.MAC.value(), 60, 1))[3]).isEqualTo(BASE);
  }

  @Test
  void leavesChecksumsAloneUnlessAsked() {
    start(0);
    int[] completion = flags(TCP4);

    assertThat(completion[3]).isEqualTo(BASE);
    assertThat(completion[0] & RxCompletion.CHECKSUM_NOT_CALCULATED).isNotZero();
  }

  @Test
  void stripsTags() {
    start(DriverShared.FEATURE_RX_VLAN);
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 100, 1);
    int[] completion = flags(Frames.tagged(frame, 0x6005));

    assertThat(completion[2]).isEqualTo(0x6005 << 16 | RxCompletion.TAG_STRIPPED | 100);
    assertThat(guest.read(TestGuest.RX_BUFFERS, 100)).isEqualTo(frame);
  }

  @Test
  void stripsTagsOfFramesThatTakeSeveralBuffers() {
    guest.setInt(TestGuest.SHARED + DriverShared.UPT_FEATURES, DriverShared.FEATURE_RX_VLAN);
    guest.setInt(TestGuest.SHARED + DriverShared.VLAN_TABLE, 1 << 5);
    guest.start();
    guest.putRx(0, 128, 0);
    guest.putRx(0, 128, RxDescriptor.BODY);
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 250, 1);
    guest.receive(Frames.tagged(frame, 5));

    assertThat(guest.nextRxCompletion()[2]).isEqualTo(128);
    assertThat(guest.nextRxCompletion()[2]).isEqualTo(5 << 16 | RxCompletion.TAG_STRIPPED | 122);
    assertThat(guest.rxBuffer(0, 0, 128)).isEqualTo(Arrays.copyOf(frame, 128));
    assertThat(guest.rxBuffer(0, 1, 122)).isEqualTo(Arrays.copyOfRange(frame, 128, 250));
  }

  @Test
  void padsWhatStrippingMadeShort() {
    start(DriverShared.FEATURE_RX_VLAN);
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 56, 1);

    assertThat(flags(Frames.tagged(frame, 5))[2] & 0x3FFF).isEqualTo(60);
    assertThat(guest.read(TestGuest.RX_BUFFERS, 60)).isEqualTo(Arrays.copyOf(frame, 60));
  }

  @Test
  void leavesTagsAloneUnlessAsked() {
    start(0);
    byte[] frame = Frames.tagged(Frames.plain(TestGuest.MAC.value(), 100, 1), 5);

    assertThat(flags(frame)[2]).isEqualTo(104);
    assertThat(guest.read(TestGuest.RX_BUFFERS, 104)).isEqualTo(frame);
  }

  @Test
  void followsAChangeOfFeatures() {
    start(0);
    guest.setInt(TestGuest.SHARED + DriverShared.UPT_FEATURES, DriverShared.FEATURE_RX_CHECKSUM);
    assertThat(guest.command(Vmxnet3Command.UPDATE_FEATURE)).isZero();

    assertThat(flags(TCP4)[3] & RxCompletion.TCP).isNotZero();
  }

  private void writeRss(int hashTypes, int firstQueue) {
    int at = TestGuest.TABLES;
    guest.setInt(at, hashTypes | 1 << 16);
    guest.setInt(at + 4, 40 | 128 << 16);
    guest.write(
        at + 8,
        Frames.hex(
            "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa"));
    for (int i = 0; i < 128; i++) {
      guest.setByte(at + 48 + i, (firstQueue + i) % 4);
    }
    guest.setInt(TestGuest.SHARED + DriverShared.RSS_CONF_DESC + 4, RssTable.SIZE_BYTES);
    guest.setLong(TestGuest.SHARED + DriverShared.RSS_CONF_DESC + 8, at);
  }

  /// Microsoft's vector: 66.9.149.187:2794 to 161.142.100.80:1766, hash 51ccc178, IP only 323e8fc2.
  private static final byte[] VECTOR =
      Frames.ethernet(
          "0800",
          "45000028 00010000 40060000 420995bb a18e6450"
              + "0aea 06e6 00000000 00000000 5002 2000 0000 0000");

  @Test
  void choosesTheQueueByHash() {
    writeRss(2, 0);
    start(DriverShared.FEATURE_RSS);
    guest.receive(VECTOR);

    int[] completion = guest.nextRxCompletion(0x78 % 4);
    assertThat(completion[1]).isEqualTo(0x51ccc178);
    assertThat(completion[0] >>> RxCompletion.RSS_TYPE_SHIFT & 0xF).isEqualTo(2);
    assertThat(completion[0] >>> RxCompletion.QUEUE_SHIFT & 0x3FF).isZero();
  }

  @Test
  void hashesAddressesOnlyWhereAskedTo() {
    writeRss(1, 0);
    start(DriverShared.FEATURE_RSS);
    guest.receive(VECTOR);

    int[] completion = guest.nextRxCompletion(0xc2 % 4);
    assertThat(completion[1]).isEqualTo(0x323e8fc2);
    assertThat(completion[0] >>> RxCompletion.RSS_TYPE_SHIFT & 0xF).isEqualTo(1);
    assertThat(completion[0] >>> RxCompletion.QUEUE_SHIFT & 0x3FF).isEqualTo(2);
    assertThat(guest.messages).containsExactly(2);
  }

  @Test
  void sendsWhatHasNoHashToQueueZero() {
    writeRss(15, 3);
    start(DriverShared.FEATURE_RSS);
    int[] completion = flags(Frames.plain(TestGuest.MAC.value(), 60, 1));

    assertThat(completion[1]).isZero();
    assertThat(completion[0] >>> RxCompletion.RSS_TYPE_SHIFT & 0xF).isZero();
  }

  @Test
  void followsAChangeOfTheTable() {
    writeRss(2, 0);
    start(DriverShared.FEATURE_RSS);
    writeRss(2, 1);
    assertThat(guest.command(Vmxnet3Command.UPDATE_RSSIDT)).isZero();
    guest.receive(VECTOR);

    assertThat(guest.nextRxCompletion(1)).isNotEmpty();
  }

  @Test
  void usesQueueZeroWithATableThatMakesNoSense() {
    writeRss(2, 0);
    start(DriverShared.FEATURE_RSS);
    guest.setByte(TestGuest.TABLES + 48 + 0x78, 4);

    assertThat(guest.command(Vmxnet3Command.UPDATE_RSSIDT)).isEqualTo(1);
    assertThat(flags(VECTOR)).isNotEmpty();
    guest.setLong(TestGuest.SHARED + DriverShared.RSS_CONF_DESC + 8, -8);
    assertThat(guest.command(Vmxnet3Command.UPDATE_RSSIDT)).isEqualTo(1);
  }
}
