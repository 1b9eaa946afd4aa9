// SPDX-License-Identifier: MIT
package dev.npa.nic.memory;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;
import static dev.npa.nic.memory.IommuDomain.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IommuDomainTest {
  private static final int SIZE = 16 * 4096;

  private final GuestMemory memory = GuestMemory.allocate(SIZE);
  private final IommuDomain domain = new IommuDomain(memory);

  @Test
  void mapsNothingAtFirst() {
    assertThat(domain.translate(0, 1, READ)).isEqualTo(FAULT);
    assertThat(domain.translate(4096, 1, WRITE)).isEqualTo(FAULT);
    assertThat(domain.faults()).isEqualTo(2);
    assertThat(domain.lastFaultIova()).isEqualTo(4096);
  }

  @Test
  void translatesWithinAPage() {
    domain.map(0x2000, 0x5000, 4096, READ);

    assertThat(domain.translate(0x2FFF, 1, READ)).isEqualTo(0x5FFF);
    assertThat(domain.translate(0x2000, 4096, READ)).isEqualTo(0x5000);
    assertThat(domain.faults()).isZero();
  }

  @Test
  void keepsReadAndWriteApart() {
    domain.map(0, 0, 4096, READ);
    domain.map(4096, 4096, 4096, WRITE);

    assertThat(domain.translate(0, 1, WRITE)).isEqualTo(FAULT);
    assertThat(domain.translate(4096, 1, READ)).isEqualTo(FAULT);
    assertThat(domain.translate(4096, 1, WRITE)).isEqualTo(4096);
  }

  @Test
  void crossesPagesThatAreContiguousInMemory() {
    domain.map(0, 0x3000, 3 * 4096, READ | WRITE);

    assertThat(domain.translate(0x0FFF, 4098, READ)).isEqualTo(0x3FFF);
    assertThat(domain.translate(0x0FFF, 2 * 4096 + 2, READ)).isEqualTo(FAULT);
  }

  @Test
  void faultsAcrossPagesThatAreNotContiguous() {
    domain.map(0, 0x3000, 4096, READ);
    domain.map(0x1000, 0x5000, 4096, READ);

    assertThat(domain.translate(0x0FFF, 2, READ)).isEqualTo(FAULT);
  }

  @Test
  void faultsAcrossPagesOfOtherPermission() {
    domain.map(0, 0, 4096, READ | WRITE);
    domain.map(0x1000, 0x1000, 4096, READ);

    assertThat(domain.translate(0x0FFF, 2, WRITE)).isEqualTo(FAULT);
    assertThat(domain.translate(0x0FFF, 2, READ)).isEqualTo(0x0FFF);
  }

  @ParameterizedTest
  @ValueSource(longs = {SIZE, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 44, SIZE - 1L + (1L << 32)})
  void faultsOutsideMemory(long iova) {
    IommuDomain identity = IommuDomain.identity(memory);

    assertThat(identity.translate(iova, 1, READ)).isEqualTo(FAULT);
    assertThat(identity.faults()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0,65537",
    "65535,2",
    "1,2147483647",
    "4095,2147483647",
    "0,0",
    "5,-1",
    "5,-2147483648"
  })
  void faultsWhereTheLengthDoesNotFit(long iova, int lengthBytes) {
    assertThat(IommuDomain.identity(memory).translate(iova, lengthBytes, READ)).isEqualTo(FAULT);
  }

  @Test
  void translatesTheWholeOfMemory() {
    assertThat(IommuDomain.identity(memory).translate(0, SIZE, WRITE)).isZero();
  }

  @Test
  void unmapsAll() {
    domain.map(0, 0, SIZE, READ);
    domain.unmapAll();

    assertThat(domain.translate(0, 1, READ)).isEqualTo(FAULT);
  }

  @Test
  void mapsAnewWhatIsMapped() {
    domain.map(0, 0, 4096, READ);
    domain.map(0, 0x4000, 4096, WRITE);

    assertThat(domain.translate(0, 1, READ)).isEqualTo(FAULT);
    assertThat(domain.translate(0, 1, WRITE)).isEqualTo(0x4000);
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,1,1",
    "0,1,1,1",
    "0,0,0,1",
    "0,0,-1,1",
    "0,0,1,0",
    "0,0,1,4",
    "-4096,0,1,1",
    "0,-4096,1,1",
    "0,61440,4097,1",
    "61440,0,4097,1",
    "0,0,65537,1",
    "0,0,9223372036854775807,1"
  })
  void refusesToMap(long iova, long address, long lengthBytes, int permissions) {
    assertThatThrownBy(() -> domain.map(iova, address, lengthBytes, permissions))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
