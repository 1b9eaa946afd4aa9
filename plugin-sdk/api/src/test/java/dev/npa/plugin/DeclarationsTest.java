// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.npa.plugin.host.RegisterTrap;
import dev.npa.plugin.host.ShellServices;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `@Cost` and `@Range` declare, and that the calls allocate nothing.
class DeclarationsTest {
  private static final List<Class<?>> CALLED =
      List.of(
          DmaRegion.class,
          MmioRegion.class,
          PluginState.class,
          RecvFrame.class,
          RxQueue.class,
          SendInfo.class,
          SgList.class,
          ShellApi.class,
          TxQueue.class);

  @Test
  void everyCallOfAPluginHasACostOfAtLeastItsOwnInstructions() throws IOException {
    for (Class<?> type : CALLED) {
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && !method.isAnnotationPresent(ShellOnly.class)) {
          Cost cost = method.getAnnotation(Cost.class);
          assertThat(cost).as("%s", method).isNotNull();
          assertThat((long) cost.value())
              .as("%s", method)
              .isGreaterThanOrEqualTo(instructions(method));
        }
      }
    }
  }

  private static long instructions(Method method) throws IOException {
    Class<?> type = method.getDeclaringClass();
    try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
      MethodModel found =
          model.methods().stream()
              .filter(m -> m.methodName().equalsString(method.getName()))
              .filter(m -> m.methodTypeSymbol().parameterCount() == method.getParameterCount())
              .findFirst()
              .orElseThrow();
      return found
          .code()
          .orElseThrow()
          .elementStream()
          .filter(Instruction.class::isInstance)
          .count();
    }
  }

  @Test
  void noCallAllocates() {
    Everything all = new Everything();
    long checksum = 0;
    for (int i = 0; i < 20_000; i++) {
      checksum += all.callEverything(i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      checksum += all.callEverything(i);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).as("allocated in 10000 rounds, checksum %d", checksum).isLessThan(10_000);
  }

  @Test
  void refusesWhatWouldMakeARangeUntrue() {
    DmaRegion ring = region(64 * 64 + 8192);
    RxQueueHandle rx = new RxQueueHandle(0);
    TxQueueHandle tx = new TxQueueHandle(0);
    for (int size : new int[] {0, 1, 32, 63, 65, 96, 8192, -64, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> new RxQueue(rx, ring, size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(size));
      assertThatThrownBy(() -> new TxQueue(tx, ring, size))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new RxQueue(rx, ring, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16384");
    assertThatThrownBy(() -> region(DmaRegion.MAX_BYTES + 8))
        .isInstanceOf(IllegalArgumentException.class);
    for (int count : new int[] {0, 17}) {
      RxQueue[] queues = new RxQueue[count];
      Arrays.fill(queues, new RxQueue(rx, ring, 64));
      assertThatThrownBy(() -> Everything.state(queues))
          .isInstanceOf(IllegalArgumentException.class);
    }
    SendInfo info = new SendInfo();
    assertThatThrownBy(() -> info.requestSegmentation(16384))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> info.requestVlanTag(65536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> info.headers(false, false, 14, 34, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DmaRegion region(int bytes) {
    return new DmaRegion(MemorySegment.ofArray(new long[bytes / 8]), 0);
  }

  /// One object of each class, and a shell that does nothing.
  private static final class Everything implements ShellServices, RegisterTrap {
    private final PluginState state;
    private final SendInfo info = new SendInfo();
    private final SgList list = new SgList();
    private long calls;

    Everything() {
      RxQueue rx = new RxQueue(new RxQueueHandle(0), region(64 * 64 + 8192), 64);
      state = state(this, this, new RxQueue[] {rx});
      list.set(MemorySegment.ofArray(new byte[64]), 0, 0, 64);
    }

    static PluginState state(RxQueue[] rx) {
      Everything shell = new Everything();
      return state(shell, shell, rx);
    }

    private static PluginState state(ShellServices services, RegisterTrap trap, RxQueue[] rx) {
      TxQueue tx = new TxQueue(new TxQueueHandle(0), region(64 * 64 + 8192), 64);
      return new PluginState(
          new ShellApi(services),
          new MmioRegion(MemorySegment.ofArray(new long[64]), new long[2], trap),
          new int[32],
          region(4096),
          rx,
          new TxQueue[] {tx});
    }

    long callEverything(int i) {
      long sum = (long) state.numRxQueues() + state.numTxQueues() + state.deviceInfo(i & 31);
      sum += memory(state.shared(), i & 0xFF8) + memory(state.txQueue(0).ring(), i & 0xFF8);
      sum += receive(state.rxQueue(0), i);
      sum += send(state.txQueue(0));
      state.mmio().write32(i & 0xFC, i);
      return sum + state.mmio().sizeBytes() + calls;
    }

    private static long memory(DmaRegion region, int at) {
      region.write32(at, at);
      region.write64(at, at);
      region.writeRelease32(at, at);
      region.writeRelease64(at, at);
      return region.iova()
          + region.sizeBytes()
          + region.read32(at)
          + region.read64(at)
          + region.readAcquire32(at)
          + region.readAcquire64(at);
    }

    private long receive(RxQueue queue, int i) {
      RecvFrame frame = queue.recvFrame();
      frame.begin();
      frame.addSg(i & 63, 60);
      frame.firstSgOffset(2);
      frame.ipv4(RecvFrame.XSUM_CORRECT);
      frame.ipv6();
      frame.perfectFiltered();
      frame.rssHash(1, i);
      frame.tcp(RecvFrame.XSUM_CORRECT);
      frame.udp(RecvFrame.XSUM_UNKNOWN);
      frame.vlanTag(7);
      ShellApi shell = state.shellApi();
      shell.indicateRecv(queue.handle(), frame);
      shell.log(ShellApi.LOG_INFO, "text", i);
      return shell.allocSmallBuffer(queue.handle(), i)
          + shell.allocLargeBuffer(queue.handle(), i)
          + queue.ringSize();
    }

    private long send(TxQueue queue) {
      state.shellApi().completeSend(queue.handle(), 1);
      int flags =
          (info.ipv4() || info.ipv6() || info.tcp() || info.udp() ? 1 : 0)
              + (info.plain() || info.tso() || info.vlan() || info.xsumTcpOrUdp() ? 1 : 0);
      return (long) flags
          + info.ipHeaderOffset()
          + info.l4HeaderOffset()
          + info.l4DataOffset()
          + info.tsoMss()
          + info.vlanTag()
          + list.header8(1)
          + list.header16(2)
          + list.headerBytes()
          + list.iova(0)
          + list.length(0)
          + list.numElements()
          + list.totalLength()
          + queue.ringSize();
    }

    @Override
    public long allocSmallBuffer(RxQueueHandle queue, int ringOffset) {
      return ++calls;
    }

    @Override
    public long allocLargeBuffer(RxQueueHandle queue, int ringOffset) {
      return ++calls;
    }

    @Override
    public void indicateRecv(RxQueueHandle queue, RecvFrame frame) {
      calls++;
    }

    @Override
    public void completeSend(TxQueueHandle queue, int numPkts) {
      calls++;
    }

    @Override
    public void log(int level, String message, long value) {
      calls++;
    }

    @Override
    public void write32(int offset, int value) {
      calls++;
    }

    @Override
    public void doorbellRung() {
      calls++;
    }
  }
}
