// SPDX-License-Identifier: MIT
package dev.npa.nic.memory;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;
import static dev.npa.nic.memory.IommuDomain.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
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

  @Test
  void needsBothPermissionsForBoth() {
    domain.map(0, 0, 4096, READ);
    domain.map(4096, 4096, 4096, READ | WRITE);

    assertThat(domain.translate(0, 1, READ | WRITE)).isEqualTo(FAULT);
    assertThat(domain.translate(4096, 1, READ | WRITE)).isEqualTo(4096);
  }

  @Test
  void forgetsThatPagesWereContiguous() {
    domain.map(0, 0, SIZE, READ);
    domain.map(3 * 4096, 0, 4096, READ);

    assertThat(domain.translate(0, 3 * 4096, READ)).isZero();
    assertThat(domain.translate(0, 3 * 4096 + 1, READ)).isEqualTo(FAULT);
    assertThat(domain.translate(3 * 4096, 4097, READ)).isEqualTo(FAULT);
    assertThat(domain.translate(4 * 4096, 12 * 4096, READ)).isEqualTo(4 * 4096);
  }

  @Test
  void learnsThatPagesHaveBecomeContiguous() {
    domain.map(4096, 4096, 4096, READ);
    domain.map(3 * 4096, 3 * 4096, 4096, READ);
    domain.map(0, 0, 4096, READ);
    domain.map(2 * 4096, 2 * 4096, 4096, READ);

    assertThat(domain.translate(1, 4 * 4096 - 1, READ)).isEqualTo(1);
    assertThat(domain.translate(1, 4 * 4096, READ)).isEqualTo(FAULT);
  }

  /// Against a page table that has nothing but pages, map by map and access by access.
  @Test
  void translatesAsAPlainPageTableDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] address = new long[16];
    int[] permission = new int[16];
    for (int i = 0; i < 20_000; i++) {
      int page = random.nextInt(16);
      int target = random.nextInt(16);
      int pages = 1 + random.nextInt(16 - Math.max(page, target));
      int granted = 1 + random.nextInt(3);
      domain.map(page * 4096L, target * 4096L, pages * 4096L, granted);
      for (int j = 0; j < pages; j++) {
        address[page + j] = (target + j) * 4096L;
        permission[page + j] = granted;
      }
      int iova = random.nextInt(SIZE);
      int length = 1 + random.nextInt(random.nextBoolean() ? 5000 : SIZE);
      int wanted = 1 + random.nextInt(3);
      assertThat(domain.translate(iova, length, wanted))
          .as("seed %d, step %d: %#x, %d bytes, %d", seed, i, iova, length, wanted)
          .isEqualTo(plain(address, permission, iova, length, wanted));
    }
  }

  private static long plain(long[] address, int[] permission, int iova, int length, int wanted) {
    if (iova + length > SIZE) {
      return FAULT;
    }
    for (int page = iova / 4096; page <= (iova + length - 1) / 4096; page++) {
      boolean follows = page == iova / 4096 || address[page] == address[page - 1] + 4096;
      if ((permission[page] & wanted) != wanted || !follows) {
        return FAULT;
      }
    }
    return address[iova / 4096] + iova % 4096;
  }

  @Test
  void translatesRangesLongerThanAnEntryTells() {
    GuestMemory large = GuestMemory.allocate(16L << 20);
    IommuDomain identity = IommuDomain.identity(large);

    assertThat(identity.translate(0, 16 << 20, READ)).isZero();
    assertThat(identity.translate(1, 16 << 20, READ)).isEqualTo(FAULT);
    identity.map(10L << 20, 0, 4096, READ | WRITE);
    assertThat(identity.translate(0, 10 << 20, READ)).isZero();
    assertThat(identity.translate(0, 16 << 20, READ)).isEqualTo(FAULT);
  }
}
