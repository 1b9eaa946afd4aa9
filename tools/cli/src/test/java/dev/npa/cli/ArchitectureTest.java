// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows between the modules. Those that the module system already forbids are checked here
/// too: a `requires` is one line, and easily added.
final class ArchitectureTest {
  private static final JavaClasses PRODUCT = importProduct();

  @Test
  void looksAtEveryPackageThatHasSources() throws IOException {
    Set<String> withSources = new TreeSet<>();
    for (ProductModule module : ProductModule.all()) {
      withSources.addAll(module.packages());
    }
    Set<String> seen =
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(seen).isEqualTo(withSources);
  }

  @Test
  void hypervisorNeverCallsTheShell() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.hypervisor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.npa.shell.."));
  }

  @Test
  void shellNeverCallsTheHypervisor() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.shell..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.npa.hypervisor.."));
  }

  @Test
  void nicKnowsOnlyItself() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.npa.nic..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.npa.nic..", "java.."));
  }

  @Test
  void contractKnowsOnlyItself() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.npa.plugin..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.npa.plugin..", "java.."));
  }

  @Test
  void verifierKnowsOnlyTheContract() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.verifier..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.npa..")
                    .and(not(resideInAnyPackage("dev.npa.verifier..", "dev.npa.plugin")))));
  }

  @Test
  void hypervisorNeverTouchesThePluginContract() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.hypervisor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.npa.plugin.."));
  }

  @Test
  void shellSeesOfTheNicWhatAGuestSees() {
    DescribedPredicate<JavaClass> guestVisible =
        resideInAnyPackage("dev.npa.nic.pci", "dev.npa.nic.memory", "dev.npa.nic.vmxnet3.abi")
            .or(name("dev.npa.nic.MacAddress").forSubtype());
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.shell..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.npa.nic..").and(not(guestVisible))));
  }

  @Test
  void dataPathNeverCallsTheControlPlane() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.shell.datapath")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "dev.npa.shell",
                    "dev.npa.shell.region",
                    "dev.npa.shell.vmxnet3",
                    "dev.npa.verifier..")));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.hypervisor.vswitch")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("dev.npa.hypervisor", "dev.npa.hypervisor.pf")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.kawela..", "org.hostile.."})
  void samplePluginsSeeTheContractAndJavaLang(String plugin) {
    check(
        classes()
            .that()
            .resideInAPackage(plugin)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(plugin, "dev.npa.plugin", "java.lang"));
  }

  @Test
  void nothingCallsTheCompositionRoot() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.npa.testbed..", "dev.npa.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.npa.testbed..", "dev.npa.cli.."));
  }

  @Test
  void compositionRootDoesNotKnowTheCommand() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.npa.testbed..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.npa.cli.."));
  }

  /// A rule about a module without sources is vacuous; that no package is missed is a test above.
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCT);
  }

  private static JavaClasses importProduct() {
    List<Path> classes =
        ProductModule.all().stream().map(ProductModule::classes).filter(Files::exists).toList();
    return new ClassFileImporter().importPaths(classes);
  }
}
