// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.TestBed.CONTROL;
import static dev.npa.nic.i82576.TestBed.NUM_VFS;
import static dev.npa.nic.pci.SriovCapability.CONTROL_VF_ENABLE;
import static dev.npa.nic.pci.SriovCapability.CONTROL_VF_MEMORY_SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.SriovCapability;
import org.junit.jupiter.api.Test;

class SriovTest {
  private static final int CAPABILITY = 0x160;
  private static final int ENABLED = CONTROL_VF_ENABLE | CONTROL_VF_MEMORY_SPACE;
  private final TestBed bed = new TestBed();
  private final ConfigSpace config = bed.nic.physicalFunction().config();

  @Test
  void presentsThePf() {
    assertThat(bed.nic.physicalFunction().vendorId()).isEqualTo(0x8086);
    assertThat(bed.nic.physicalFunction().deviceId()).isEqualTo(0x10C9);
    assertThat(config.read(8, 4)).isEqualTo(0x0200_0001);
    assertThat(config.read(0x34, 1)).isEqualTo(0x40);
    assertThat(config.read(0x40, 2)).isEqualTo(0x7001);
    assertThat(config.read(0x70, 4)).as("25 MSI-X vectors").isEqualTo(0x0018_A011);
    assertThat(config.read(0x74, 4)).isEqualTo(3);
    assertThat(config.read(0x78, 4)).isEqualTo(0x2003);
    assertThat(config.read(0xA0, 2)).isEqualTo(0x0010);
    assertThat(config.read(0x100, 4)).isEqualTo(0x1501_0001);
    assertThat(config.read(0x150, 4)).isEqualTo(0x1601_000E);
    assertThat(config.read(CAPABILITY, 4)).isEqualTo(0x0001_0010);
    assertThat(bed.nic.physicalFunction().bar(0).sizeBytes()).isEqualTo(128 << 10);
    assertThat(bed.nic.physicalFunction().bar(3).sizeBytes()).isEqualTo(16 << 10);
  }

  @Test
  void sizesItsBars() {
    for (int offset : new int[] {0x10, 0x1C, CAPABILITY + 0x24, CAPABILITY + 0x30}) {
      config.write(offset, 4, -1);
    }
    assertThat(config.read(0x10, 4)).isEqualTo(-(128 << 10));
    assertThat(config.read(0x1C, 4)).isEqualTo(-(16 << 10));
    assertThat(config.read(CAPABILITY + 0x24, 4)).isEqualTo(-(16 << 10) | 0xC);
    assertThat(config.read(CAPABILITY + 0x30, 4)).isEqualTo(-(16 << 10) | 0xC);
  }

  @Test
  void presentsTheCapability() {
    assertThat(read(SriovCapability.INITIAL_VFS)).isEqualTo(7);
    assertThat(read(SriovCapability.TOTAL_VFS)).isEqualTo(7);
    assertThat(read(SriovCapability.FIRST_VF_OFFSET)).isEqualTo(0x80);
    assertThat(read(SriovCapability.VF_STRIDE)).isEqualTo(2);
    assertThat(read(SriovCapability.VF_DEVICE_ID)).isEqualTo(0x10CA);
    assertThat(read(SriovCapability.SUPPORTED_PAGE_SIZES)).isEqualTo(0x553);
    assertThat(read(SriovCapability.SYSTEM_PAGE_SIZE)).isEqualTo(1);
    config.write(CAPABILITY + SriovCapability.TOTAL_VFS, 2, 200);
    config.write(CAPABILITY + SriovCapability.VF_DEVICE_ID, 2, 200);
    config.write(CAPABILITY + SriovCapability.SYSTEM_PAGE_SIZE, 4, -1);
    assertThat(read(SriovCapability.TOTAL_VFS)).isEqualTo(7);
    assertThat(read(SriovCapability.VF_DEVICE_ID)).isEqualTo(0x10CA);
    assertThat(read(SriovCapability.SYSTEM_PAGE_SIZE)).isEqualTo(0x553);
    config.write(CONTROL, 2, 0xFFFE);
    assertThat(config.read(CONTROL, 2)).isEqualTo(0x18);
  }

  private int read(int register) {
    return config.read(CAPABILITY + register, 2);
  }

  @Test
  void hasNoVfBeforeVfEnable() {
    config.write(NUM_VFS, 2, 7);
    assertThatIllegalArgumentException().isThrownBy(() -> bed.nic.virtualFunction(0));
  }

  @Test
  void hasNumVfsFunctions() {
    bed.enableVfs(3);
    assertThat(bed.nic.virtualFunction(2).index()).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> bed.nic.virtualFunction(3));
    assertThatIllegalArgumentException().isThrownBy(() -> bed.nic.virtualFunction(-1));
    assertThat(bed.pf.read32(I82576Registers.STATUS)).isEqualTo(0x283 | 3 << 14 | 1 << 18);
  }

  @Test
  void keepsNumVfsWhileEnabled() {
    bed.enableVfs(3);
    config.write(NUM_VFS, 2, 5);
    assertThat(config.read(NUM_VFS, 2)).isEqualTo(3);
    config.write(CONTROL, 2, 0);
    config.write(NUM_VFS, 2, 5);
    assertThat(config.read(NUM_VFS, 2)).isEqualTo(5);
  }

  @Test
  void clampsNumVfs() {
    config.write(NUM_VFS, 2, 0xFFFF);
    assertThat(config.read(NUM_VFS, 2)).isEqualTo(7);
  }

  @Test
  void presentsAVf() {
    bed.enableVfs(7);
    VirtualFunction vf = bed.nic.virtualFunction(6);
    ConfigSpace vfConfig = vf.function().config();
    assertThat(vfConfig.read(0, 4)).isEqualTo(-1);
    assertThat(vf.deviceId()).isEqualTo(0x10CA);
    assertThat(vfConfig.read(8, 4)).isEqualTo(0x0200_0001);
    assertThat(vfConfig.read(0x70, 4)).as("3 MSI-X vectors").isEqualTo(0x0002_A011);
    assertThat(vfConfig.read(0x150, 4)).isEqualTo(0x0001_000E);
    vfConfig.write(4, 2, 0xFFFF);
    assertThat(vfConfig.read(4, 2)).as("bus master only").isEqualTo(4);
    vfConfig.write(0x10, 4, -1);
    assertThat(vfConfig.read(0x10, 4)).isZero();
  }

  @Test
  void mapsBarsByAssignmentAndMemorySpace() {
    TestBed ready = new TestBed(1);
    VirtualFunction vf = ready.nic.virtualFunction(0);
    Bar first = vf.function().bar(0);
    assertThat(first.isConnected()).isTrue();
    assertThat(first.sizeBytes()).isEqualTo(16 << 10);

    vf.unassign();
    assertThat(first.isConnected()).isFalse();
    assertThat(first.read32(I82576Registers.STATUS)).isEqualTo(-1);
    assertThat(vf.function().bar(0).isConnected()).isFalse();
    assertThat(vf.function().bar(3).isConnected()).isTrue();

    ready.assign(0);
    assertThat(vf.function().bar(0).isConnected()).isTrue();
    assertThat(first.isConnected()).isFalse();
    ready.nic.physicalFunction().config().write(CONTROL, 2, CONTROL_VF_ENABLE);
    assertThat(vf.function().bar(0).isConnected()).isFalse();
    assertThat(vf.function().bar(3).isConnected()).isFalse();
    ready.nic.physicalFunction().config().write(CONTROL, 2, ENABLED);
    assertThat(vf.function().bar(0).isConnected()).isTrue();
    assertThat(vf.function().bar(3).isConnected()).isTrue();
  }

  @Test
  void startsEveryAssignmentAfresh() {
    TestBed ready = new TestBed(2);
    VirtualFunction vf = ready.nic.virtualFunction(0);
    QueueDriver peer = ready.driver(1);
    QueueDriver driver = ready.driver(0);
    driver.send(frame(mac(1), mac(0), 100));
    ready.run();
    driver.queue(frame(mac(1), mac(0), 100), 100);
    vf.function().bar(0).write32(I82576Registers.VTEIMS, 7);

    vf.assign(ready.domain[0], ready.messages[0]);
    ready.run();

    Bar bar = vf.function().bar(0);
    assertThat(bar.read32(I82576Registers.VTEIMS)).isZero();
    assertThat(bar.read32(0x3810)).isZero();
    assertThat(bar.read32(0x3818)).isZero();
    assertThat(bar.read32(0x3828)).isZero();
    assertThat(bar.read32(0x2828)).isEqualTo(0x0001_0000);
    assertThat(peer.receive()).hasSize(1);
  }

  @Test
  void clearingVfEnableRemovesTheVfs() {
    TestBed ready = new TestBed(2);
    VirtualFunction vf = ready.nic.virtualFunction(0);
    QueueDriver driver = ready.driver(0);
    Bar bar = vf.function().bar(0);

    ready.nic.physicalFunction().config().write(CONTROL, 2, 0);

    assertThat(bar.isConnected()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ready.nic.virtualFunction(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> vf.assign(ready.domain[0], ready.messages[0]));
    vf.unassign();
    vf.function().config().write(4, 2, 4);
    ready.fromWire(frame(mac(0), Frames.STRANGER, 100));
    assertThat(driver.rxStatus(0)).isZero();
    assertThat(ready.pf.read32(I82576Registers.STATUS) & 0x7C000).isZero();
  }

  @Test
  void givesAPoolWithoutVfToThePf() {
    TestBed ready = new TestBed(1);
    ready.nic.physicalFunction().config().write(CONTROL, 2, 0);
    QueueDriver pool0 =
        new QueueDriver(ready.hostMemory, ready.pf, 0x2800, 0x3800, TestBed.RING_SIZE).start();
    byte[] frame = frame(mac(0), Frames.STRANGER, 100);

    ready.fromWire(frame);

    assertThat(pool0.receive()).as("by the legacy addresses of queue 0").containsExactly(frame);
    pool0.send(frame);
    ready.run();
    assertThat(pool0.isDone(0)).isTrue();
    assertThat(ready.pf.read32(0xC018)).isEqualTo(ready.pf.read32(0x2818));
  }

  @Test
  void functionLevelResetOfThePfRemovesTheVfs() {
    TestBed ready = new TestBed(1);

    ready.nic.physicalFunction().config().write(0xA8, 2, 1 << 15);

    assertThat(ready.nic.physicalFunction().config().read(0xA8, 2)).isZero();
    assertThat(ready.nic.physicalFunction().config().read(4, 2)).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> ready.nic.virtualFunction(0));
    assertThat(ready.pf.read32(I82576Registers.RCTL)).isZero();
  }

  @Test
  void functionLevelResetOfAVfClearsItsCommandRegister() {
    TestBed ready = new TestBed(1);
    ConfigSpace vfConfig = ready.nic.virtualFunction(0).function().config();
    ready.enableMessages(ready.nic.virtualFunction(0).function(), 1);

    vfConfig.write(0xA8, 2, 1 << 15);

    assertThat(vfConfig.read(4, 2)).isZero();
    assertThat(vfConfig.read(0x72, 2)).isEqualTo(2);
    assertThat(ready.pf.read32(I82576Registers.VFLRE)).isEqualTo(1);
  }
}
