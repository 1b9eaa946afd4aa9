// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.unsound;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Runs test classes in order until one has failures, and prints those.
final class FirstFailure {
  static final String MARK = "FAILED ";

  private FirstFailure() {}

  public static void main(String[] classes) {
    Launcher launcher = LauncherFactory.create();
    for (String name : classes) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(name))
              .build(),
          listener);
      TestExecutionSummary summary = listener.getSummary();
      if (summary.getTestsFoundCount() == 0) {
        throw new IllegalStateException("no tests in " + name);
      }
      if (summary.getTotalFailureCount() > 0) {
        System.out.println(MARK + line(name, summary.getFailures()));
        System.err.println(summary.getFailures().getFirst().getException());
        return;
      }
    }
  }

  private static String line(String name, List<TestExecutionSummary.Failure> failures) {
    String tests =
        failures.stream()
            .map(failure -> failure.getTestIdentifier().getLegacyReportingName())
            .distinct()
            .limit(2)
            .collect(Collectors.joining(", "));
    return "%s: %s (%d in all)"
        .formatted(name.substring(name.lastIndexOf('.') + 1), tests, failures.size());
  }
}
