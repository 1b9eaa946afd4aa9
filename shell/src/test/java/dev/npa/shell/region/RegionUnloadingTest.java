// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.RegionCycles;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegionUnloadingTest {
  private static final int CYCLES = 1000;

  /// A full collection clears weak references and unloads; the reference processing and the class
  /// unloading of one may be finished by the next.
  private static final int COLLECTIONS = 20;

  /// Classes of a region: Kawela's four, and the shell's loop.
  private static final int CLASSES = 5;

  @Test
  void leavesNoClassBehindAfterAThousandFunctions() {
    ClassLoadingMXBean jvm = ManagementFactory.getClassLoadingMXBean();
    RegionCycles.run(2); // what the first of them loads for good
    collect(List.of());
    int loaded = jvm.getLoadedClassCount();
    long unloaded = jvm.getUnloadedClassCount();

    List<WeakReference<ClassLoader>> regions = RegionCycles.run(CYCLES);

    assertThat(regions).hasSize(CYCLES);
    collect(regions);
    assertThat(regions).allMatch(region -> region.get() == null);
    assertThat(jvm.getUnloadedClassCount() - unloaded).isGreaterThanOrEqualTo(CYCLES * CLASSES);
    // Other tests' and the JDK's own classes may come; a thousand regions would be five thousand.
    assertThat(jvm.getLoadedClassCount() - loaded).isLessThan(CYCLES);
  }

  private static void collect(List<WeakReference<ClassLoader>> regions) {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (i != 0 && regions.stream().allMatch(region -> region.get() == null)) {
        return;
      }
    }
  }
}
