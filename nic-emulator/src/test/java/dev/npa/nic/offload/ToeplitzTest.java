// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import static dev.npa.nic.offload.KnownPackets.ETHERNET;
import static dev.npa.nic.offload.KnownPackets.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Microsoft's verification suite for receive-side scaling.
final class ToeplitzTest {
  static final String KEY =
      "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa";

  private final Toeplitz toeplitz = new Toeplitz(hex(KEY));

  @ParameterizedTest
  @CsvSource({
    "66.9.149.187,2794,161.142.100.80,1766,323e8fc2,51ccc178",
    "199.92.111.2,14230,65.69.140.83,4739,d718262a,c626b0ea",
    "24.19.198.95,12898,12.22.207.184,38024,d2d0a5de,5c2b394a",
    "38.27.205.30,48228,209.142.163.6,2217,82989176,afc7327f",
    "153.39.163.191,44251,202.188.127.2,1303,5d1809c5,10e828a2",
    "3ffe:2501:200:1fff::7,2794,3ffe:2501:200:3::1,1766,2cc18cd5,40207d3d",
    "3ffe:501:8::260:97ff:fe40:efab,14230,ff02::1,4739,0f0c461c,dde51bbf",
    "3ffe:1900:4545:3:200:f8ff:fe21:67cf,44251,fe80::200:f8ff:fe21:67cf,38024,4b61e985,02d1feef"
  })
  void givesTheKnownHashes(
      String source, int sourcePort, String target, int targetPort, String ip, String withPorts)
      throws UnknownHostException {
    byte[] addresses = InetAddress.getByName(source).getAddress();
    String both =
        HexFormat.of().formatHex(addresses)
            + HexFormat.of().formatHex(InetAddress.getByName(target).getAddress());
    String tcp =
        "%04x%04x".formatted(sourcePort, targetPort) + "00000000 00000000 5002 2000 0000 0000";
    String header =
        addresses.length == 4 ? "0800 45000028 00010000 40060000" : "86dd 60000000 0014 06 40";
    byte[] bytes = hex(ETHERNET + header + both + tcp);
    MemorySegment frame = MemorySegment.ofArray(bytes);
    FrameHeaders headers = new FrameHeaders();
    headers.parse(frame, 0, bytes.length);

    assertThat(headers.isTcp()).isTrue();
    assertThat(toeplitz.hash(frame, 0, headers, false)).isEqualTo(Integer.parseUnsignedInt(ip, 16));
    assertThat(toeplitz.hash(frame, 0, headers, true))
        .isEqualTo(Integer.parseUnsignedInt(withPorts, 16));
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    assertThatThrownBy(() -> new Toeplitz(new byte[39]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
