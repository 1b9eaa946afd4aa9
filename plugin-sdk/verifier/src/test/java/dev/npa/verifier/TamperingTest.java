// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.Samples;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TamperingTest {

  private static final byte[] SMALL = Samples.smallSigned();

  private static boolean isRefused(byte[] bytes) {
    return SignedPlugin.check(bytes, Samples.ANCHORS, Samples.NOW)
        instanceof Verdict.Refused<SignedPlugin>;
  }

  private static Verdict<LicensedPlugin> offer(byte[] bytes) {
    return SignedPlugin.check(bytes, Samples.ANCHORS, Samples.NOW)
        .then(PluginArchive::read)
        .then(LicensedPlugin::check);
  }

  @Test
  void acceptsWhatNobodyTouched() {
    assertThat(isRefused(SMALL)).isFalse();
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < SMALL.length; length++) {
      assertThat(isRefused(Arrays.copyOf(SMALL, length))).as("first %d bytes", length).isTrue();
      byte[] tail = Arrays.copyOfRange(SMALL, SMALL.length - length, SMALL.length);
      assertThat(isRefused(tail)).as("last %d bytes", length).isTrue();
    }
  }

  @Test
  void refusesOneByteInsertedAnywhere() {
    for (int at = 0; at <= SMALL.length; at++) {
      assertThat(isRefused(inserted(at, (byte) 0))).as("zero byte at %d", at).isTrue();
      assertThat(isRefused(inserted(at, (byte) 'P'))).as("P at %d", at).isTrue();
    }
  }

  @Test
  void refusesOneByteTakenOutAnywhere() {
    for (int at = 0; at < SMALL.length; at++) {
      byte[] less = new byte[SMALL.length - 1];
      System.arraycopy(SMALL, 0, less, 0, at);
      System.arraycopy(SMALL, at + 1, less, at, less.length - at);
      assertThat(isRefused(less)).as("byte %d taken out", at).isTrue();
    }
  }

  @Test
  void refusesBlockOfAnotherPackage() {
    byte[] other = Samples.signed();
    int block = SMALL.length - Samples.builder(Samples.manifest()).build().length;
    byte[] graft = Samples.unsigned();
    byte[] cms =
        Arrays.copyOfRange(SMALL, SMALL.length - block, SMALL.length - PackageFormat.TRAILER_BYTES);

    assertThat(isRefused(Samples.withBlock(graft, cms))).isTrue();
    assertThat(isRefused(other)).isFalse();
  }

  @Test
  void neverThrowsOnRandomBytes() {
    Random random = new Random(20261120);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);

      assertThat(isRefused(bytes)).as("seed 20261120, round %d", i).isTrue();
    }
  }

  @Test
  void neverThrowsOnRandomBlocks() {
    Random random = new Random(20261121);
    byte[] unsigned = Samples.builder(Samples.manifest()).build();
    byte[] good =
        Arrays.copyOfRange(SMALL, unsigned.length, SMALL.length - PackageFormat.TRAILER_BYTES);
    for (int i = 0; i < 5_000; i++) {
      byte[] block = good.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        block[random.nextInt(block.length)] ^= (byte) (1 + random.nextInt(255));
      }

      boolean refused = isRefused(Samples.withBlock(unsigned, block));
      assertThat(refused || Arrays.equals(block, good)).as("seed 20261121, round %d", i).isTrue();
    }
  }

  @Test
  void neverThrowsOnRandomArchivesWithGoodSignatures() {
    Random random = new Random(20261122);
    byte[] unsigned = Samples.builder(Samples.manifest()).build();
    for (int i = 0; i < 150; i++) {
      byte[] archive = unsigned.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        archive[random.nextInt(archive.length - 22)] ^= (byte) (1 + random.nextInt(255));
      }

      assertThat(offer(Samples.signedAnyway(archive)))
          .as("seed 20261122, round %d", i)
          .isInstanceOf(Verdict.Refused.class);
    }
  }

  private static byte[] inserted(int at, byte value) {
    byte[] more = new byte[SMALL.length + 1];
    System.arraycopy(SMALL, 0, more, 0, at);
    more[at] = value;
    System.arraycopy(SMALL, at, more, at + 1, SMALL.length - at);
    return more;
  }
}
