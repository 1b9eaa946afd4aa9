// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX_ACK;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX_PFACK;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX_PFSTS;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX_REQ;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX_VFU;
import static dev.npa.nic.i82576.I82576Registers.VMBMEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.VirtualFunction;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages as a VF driver exchanges them (82576 data sheet, 7.10.2.9).
final class VfMailboxTest {
  private static final int ANSWERED = VFMAILBOX_PFSTS | VFMAILBOX_PFACK;
  private static final int ACK = 0x8000_0000;
  private static final int NACK = 0x4000_0000;
  private static final int CTS = 0x2000_0000;
  private static final MacAddress WANTED = MacAddress.parse("02:11:22:33:44:55");

  private final PfFixture fixture = new PfFixture();
  private int vf;
  private Bar bar;

  @BeforeEach
  void assign() {
    vf = fixture.enable();
    VirtualFunction function = fixture.nic.virtualFunction(vf);
    function.assign(new IommuDomain(fixture.hostMemory), (address, data) -> true);
    bar = function.function().bar(0);
    fixture.thread.pollUntilIdle();
  }

  private int exchange(int... words) {
    bar.write32(VFMAILBOX, VFMAILBOX_VFU);
    assertThat(bar.read32(VFMAILBOX) & VFMAILBOX_VFU).isEqualTo(VFMAILBOX_VFU);
    for (int i = 0; i < words.length; i++) {
      bar.write32(VMBMEM + 4 * i, words[i]);
    }
    bar.write32(VFMAILBOX, VFMAILBOX_REQ);
    fixture.thread.pollUntilIdle();
    assertThat(bar.read32(VFMAILBOX) & ANSWERED).isEqualTo(ANSWERED);
    bar.write32(VFMAILBOX, VFMAILBOX_VFU);
    int answer = bar.read32(VMBMEM);
    bar.write32(VFMAILBOX, VFMAILBOX_ACK);
    fixture.thread.pollUntilIdle();
    return answer;
  }

  @Test
  void answersResetWithTheAddress() {
    assertThat(exchange(1)).isEqualTo(1 | ACK | CTS);

    MacAddress answered = MacAddress.ofRegisters(bar.read32(VMBMEM + 4), bar.read32(VMBMEM + 8));
    assertThat(answered).isEqualTo(fixture.mac(vf));
  }

  @Test
  void asksThePolicyAboutAnAddress() {
    exchange(1);

    assertThat(exchange(2, WANTED.low(), WANTED.high())).isEqualTo(2 | ACK | CTS);

    assertThat(fixture.asked).containsExactly("VF 0 mac " + WANTED);
    fixture.allow = false;
    assertThat(exchange(2, WANTED.low(), WANTED.high())).isEqualTo(2 | NACK | CTS);
  }

  @Test
  void asksThePolicyAboutFrameLength() {
    exchange(1);

    assertThat(exchange(5, 1518)).isEqualTo(5 | ACK | CTS);

    assertThat(fixture.asked).containsExactly("VF 0 frame 1518");
  }

  @Test
  void refusesEverythingBeforeReset() {
    assertThat(exchange(2, WANTED.low(), WANTED.high())).isEqualTo(2 | NACK);
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void refusesMessagesThatItDoesNotKnow() {
    exchange(1);

    assertThat(exchange(4, 7)).isEqualTo(4 | NACK | CTS);
    assertThat(exchange(6)).isEqualTo(6 | NACK | CTS);
  }

  @Test
  void refusesRequestsOfAFunctionThatIsNotEnabled() {
    fixture.pf.vfRelease(vf);
    fixture.acquire();
    exchange(1);

    assertThat(exchange(2, WANTED.low(), WANTED.high())).isEqualTo(2 | NACK | CTS);
  }
}
